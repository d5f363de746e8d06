/** Where a table is shown. */
export interface Terminal {
  /** Its width; undefined when it is none, and nothing is to be cut. */
  readonly columns: number | undefined;
  readonly hasColours: boolean;
}

/** What a stream can show: colours on a terminal alone, and not where the environment's `NO_COLOR` or `TERM=dumb` forbids them. */
export function terminalOf(
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  if (!isTTY) return { columns: undefined, hasColours: false };
  return { columns: columns || undefined, hasColours: !env['NO_COLOR'] && env['TERM'] !== 'dumb' };
}

/** A colour that tells good from bad; a word always tells it too. */
export type Colour = 'green' | 'yellow' | 'red';

const CODES = { green: 32, yellow: 33, red: 31 } as const;

/** A text in a colour, if the terminal has any. */
export function paint(text: string, colour: Colour | undefined, { hasColours }: Terminal): string {
  return hasColours && colour !== undefined ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
}
