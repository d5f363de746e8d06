/** How much there is in a JSON text, before anything is made of it. */
export interface JsonOutline {
  /** Items of the outermost list, counted by the commas between them; one even in an empty list. */
  readonly items: number;
  /** Lists, objects and commas at any depth: what reading the text costs beyond its length. */
  readonly parts: number;
  /** Keys of the objects that are items of the outermost list; one given twice counts twice. */
  readonly keys: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Counts in one pass what a JSON text holds; of another text it gives numbers that mean nothing. */
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
