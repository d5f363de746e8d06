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
