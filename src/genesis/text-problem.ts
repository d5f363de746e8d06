/** A problem in a text. Line and column count from 1; columns are UTF-16 units. */
export interface TextProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The result of reading a file: its value and what was skipped, or why the file is not usable. */
export type Parsed<Value> =
  | { readonly kind: 'parsed'; readonly value: Value; readonly problems: readonly TextProblem[] }
  | { readonly kind: 'malformed'; readonly problem: TextProblem };

/** At most this many problems of one file are reported. */
export const MAX_PROBLEMS = 20;

const MAX_QUOTED = 100;

/** The problem `message` at an offset of the text. */
export function problemAt(text: string, offset: number, message: string): TextProblem {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1, message };
}

/** A text in double quotes on one line, cut when it is long. */
export function quoteText(text: string): string {
  return JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}...` : text);
}
