/** The size of a JSON text, counted before it is parsed. */
export interface JsonOutline {
  /** Items of the outermost list, counted by its commas. An empty list counts as one. */
  readonly items: number;
  /** Lists, objects and commas at any depth: the cost of parsing beyond the text's length. */
  readonly parts: number;
  /** Keys of the objects in the outermost list. A repeated key counts twice. */
  readonly keys: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Counts in one pass. For a text that is not JSON the numbers mean nothing. */
export function outlineJson(text: string): JsonOutline {
  let items = 1;
  let parts = 0;
  let keys = 0;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case QUOTE:
        index = endOfString(text, index);
        break;
      case COMMA:
        parts += 1;
        if (depth === 1) items += 1;
        break;
      case COLON:
        if (depth === 2) keys += 1;
        break;
      case 0x5b:
      case 0x7b:
        parts += 1;
        depth += 1;
        break;
      case 0x5d:
      case 0x7d:
        depth -= 1;
        break;
    }
  }
  return { items, parts, keys };
}

/** The place of the quote that ends the string begun at `start`; the end of the text when there is none. */
export function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== QUOTE) {
    index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  }
  return index;
}
