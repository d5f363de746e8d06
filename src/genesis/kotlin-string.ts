const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
]);

/** A string literal of a Kotlin script. */
export interface KotlinString {
  /** Offset after the literal. */
  readonly end: number;
  /** Undefined when a template makes the text depend on the run. */
  readonly value: string | undefined;
}

/** Reads the string, raw or not, whose quote is at `start`; undefined when it has no end. */
export function readKotlinString(text: string, start: number): KotlinString | undefined {
  const quote = quoteAt(text, start);
  const end = endOfString(text, start);
  if (end === undefined) return undefined;
  const content = text.slice(start + quote.length, end - quote.length);
  if (hasTemplate(content, quote)) return { end, value: undefined };
  return { end, value: quote === '"' ? withoutEscapes(content) : content };
}

function quoteAt(text: string, offset: number): '"' | '"""' {
  return text.startsWith('"""', offset) ? '"""' : '"';
}

/** Strings nest through templates such as `"${f("}")}"`. A stack of open strings replaces recursion. */
function endOfString(text: string, start: number): number | undefined {
  const open: ('"' | '"""' | '{')[] = [];
  let offset = start;
  do {
    const inside = open.at(-1);
    const character = text[offset];
    const isRun = inside === '"""' && text.startsWith('"""', offset);
    if (character === undefined || (inside === '"' && character === '\n')) return undefined;
    if (inside === '"' && character === '\\') offset += 2;
    else if (inside !== '{' && inside !== undefined && text.startsWith('${', offset)) {
      open.push('{');
      offset += 2;
    } else if ((inside === '"' && character === '"') || isRun) {
      open.pop();
      offset = isRun ? endOfRun(text, offset) : offset + 1;
    } else if ((inside === '{' || inside === undefined) && character === '"') {
      const quote = quoteAt(text, offset);
      open.push(quote);
      offset += quote.length;
    } else {
      if (inside === '{' && character === '{') open.push('{');
      if (inside === '{' && character === '}') open.pop();
      offset++;
    }
  } while (open.length > 0);
  return offset;
}

/** Quotes before the closing three belong to a raw string. */
function endOfRun(text: string, offset: number): number {
  let end = offset + 3;
  while (text[end] === '"') end++;
  return end;
}

function hasTemplate(content: string, quote: string): boolean {
  const unescaped = quote === '"' ? content.replaceAll(/\\./gs, '') : content;
  return /\$[\p{L}_`{]/u.test(unescaped);
}

function withoutEscapes(content: string): string {
  return content.replaceAll(/\\(?:u([\dA-Fa-f]{4})|(.))/gs, (_, code: string | undefined, letter: string) =>
    code === undefined ? (ESCAPES.get(letter) ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
