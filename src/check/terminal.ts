/** Where the table is printed. */
export interface Terminal {
  /** Width in columns; undefined when the output is no terminal and nothing is cut. */
  readonly columns: number | undefined;
  readonly hasColours: boolean;
}

/** What a stream can show. Colours need a terminal; `NO_COLOR` and `TERM=dumb` in the environment switch them off. */
export function terminalOf(
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  if (!isTTY) return { columns: undefined, hasColours: false };
  return { columns: columns || undefined, hasColours: !env['NO_COLOR'] && env['TERM'] !== 'dumb' };
}

/** A colour for good or bad. A word always says the same. */
export type Colour = 'green' | 'yellow' | 'red';

const CODES = { green: 32, yellow: 33, red: 31 } as const;

/** The text in a colour, if the terminal shows colours. */
export function paint(text: string, colour: Colour | undefined, { hasColours }: Terminal): string {
  return hasColours && colour !== undefined ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
}

const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Joiners belong to some scripts. All other control characters move the cursor, reverse the text or are invisible. */
const CONTROLS = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Makes a text from outside safe for a terminal: one line, without control sequences. */
export function printable(text: string): string {
  return text.replaceAll(LINE_BREAKS, ' ').replaceAll(CONTROLS, '\uFFFD');
}

/** Escapes control characters in JSON, so that a terminal ignores them and the value stays the same. */
export function printableJson(json: string): string {
  return json.replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (text) =>
    Array.from({ length: text.length }, (_, unit) => escapeUnit(text.charCodeAt(unit))).join(''),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

const UNSEEN = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const HALF_WIDE = /^[\uFF61-\uFFDC]$/u;
const WIDE =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]$/u;

/** Number of terminal columns that a text without control characters takes. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

/** Pads a text with blanks to `columns`; a wider text stays as it is. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

/** Cuts a text to `columns`; a cut text ends with an ellipsis. */
export function cutTo(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  let left = columns - 1;
  for (const character of text) {
    left -= characterWidth(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

function characterWidth(character: string): 0 | 1 | 2 {
  if (UNSEEN.test(character)) return 0;
  return WIDE.test(character) && !HALF_WIDE.test(character) ? 2 : 1;
}
