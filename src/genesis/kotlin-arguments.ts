import type { KotlinToken } from './kotlin-tokens.ts';

/** One argument of a call. `value` and `reference` are undefined for any other expression than a literal or a single name. */
export interface KotlinArgument {
  readonly name: string | undefined;
  readonly value: string | undefined;
  readonly reference: string | undefined;
}

const MAX_ARGS = 4;
const OPENING: ReadonlySet<string> = new Set(['(', '[', '{']);
const CLOSING: ReadonlySet<string> = new Set([')', ']', '}']);
const LITERALS: ReadonlySet<string> = new Set(['true', 'false']);

/** Reads up to the `)` that ends a call and returns its first four arguments; undefined without that `)`. */
export function readKotlinArguments(tokens: Iterator<KotlinToken, void>): readonly KotlinArgument[] | undefined {
  const args: KotlinArgument[] = [];
  let name: string | undefined;
  let first: KotlinToken | undefined;
  let length = 0;
  let depth = 1;
  for (let { value: token } = tokens.next(); token !== undefined; { value: token } = tokens.next()) {
    const mark = token.kind === 'mark' ? token.text : '';
    if (OPENING.has(mark)) depth++;
    if (CLOSING.has(mark)) depth--;
    const isEnd = depth === 0 || (depth === 1 && mark === ',');
    if (isEnd && length > 0 && args.length < MAX_ARGS) args.push(toArgument(name, first, length));
    if (depth === 0) return args;
    if (isEnd) {
      [name, first, length] = [undefined, undefined, 0];
    } else if (mark === '=' && length === 1 && first?.kind === 'name') {
      [name, first, length] = [first.text, undefined, 0];
    } else {
      first ??= token;
      length++;
    }
  }
  return undefined;
}

function toArgument(name: string | undefined, token: KotlinToken | undefined, length: number): KotlinArgument {
  if (length === 1 && token?.kind === 'value') return { name, value: token.value, reference: undefined };
  if (length !== 1 || token?.kind !== 'name') return { name, value: undefined, reference: undefined };
  const isLiteral = LITERALS.has(token.text);
  return { name, value: isLiteral ? token.text : undefined, reference: isLiteral ? undefined : token.text };
}
