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
