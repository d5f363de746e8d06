import { readKotlinString } from './kotlin-string.ts';

/** A token of a Kotlin script. A value is undefined when it depends on the run. */
export type KotlinToken =
  | { readonly kind: 'name'; readonly text: string; readonly offset: number }
  | { readonly kind: 'value'; readonly value: string | undefined; readonly offset: number }
  | { readonly kind: 'mark'; readonly text: string; readonly offset: number }
  | { readonly kind: 'unclosed'; readonly text: 'comment' | 'string'; readonly offset: number };

const NAME = /[\p{L}_][\p{L}\p{Nd}_]*|`[^`\n]+`/uy;
const NUMBER = /\d[\w.]*/y;
const CHARACTER = /'(?:\\u[\dA-Fa-f]{4}|\\.|[^'\\\n])'/y;
const BLANKS = /\s*/y;

/** The tokens of a Kotlin script without blanks and comments, up to an unclosed token. Linear in the length of the text. */
export function* kotlinTokens(text: string): Generator<KotlinToken, void, undefined> {
  let offset = endOf(BLANKS, text, 0);
  while (offset < text.length) {
    const end = text.startsWith('//', offset) ? endOfLine(text, offset) : endOfComment(text, offset);
    if (end === undefined) {
      yield { kind: 'unclosed', text: 'comment', offset };
      return;
    }
    let next = end;
    if (end === offset) {
      const token = readToken(text, offset);
      yield token.token;
      if (token.token.kind === 'unclosed') return;
      next = token.end;
    }
    offset = endOf(BLANKS, text, next);
  }
}

function readToken(text: string, offset: number): { readonly token: KotlinToken; readonly end: number } {
  if (text[offset] === '"') {
    const string = readKotlinString(text, offset);
    if (string === undefined) return { token: { kind: 'unclosed', text: 'string', offset }, end: text.length };
    return { token: { kind: 'value', value: string.value, offset }, end: string.end };
  }
  const nameEnd = endOf(NAME, text, offset);
  if (nameEnd > offset) {
    return { token: { kind: 'name', text: text.slice(offset, nameEnd).replaceAll('`', ''), offset }, end: nameEnd };
  }
  const numberEnd = endOf(NUMBER, text, offset);
  if (numberEnd > offset) {
    return { token: { kind: 'value', value: integerIn(text.slice(offset, numberEnd)), offset }, end: numberEnd };
  }
  const characterEnd = endOf(CHARACTER, text, offset);
  if (characterEnd > offset) return { token: { kind: 'value', value: undefined, offset }, end: characterEnd };
  return { token: { kind: 'mark', text: text.charAt(offset), offset }, end: offset + 1 };
}

function endOf(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** End of the block comment at `offset`; `offset` itself without a comment, undefined when it has no end. Kotlin nests comments. */
function endOfComment(text: string, offset: number): number | undefined {
  if (!text.startsWith('/*', offset)) return offset;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = offset;
  let depth = 0;
  for (let match = edge.exec(text); match !== null; match = edge.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return undefined;
}

function integerIn(digits: string): string | undefined {
  return /^\d[\d_]*L?$/.test(digits) ? digits.replaceAll(/[_L]/g, '') : undefined;
}
