import { endOfString } from './json-outline.ts';

/** A colon after blanks, at one place of a text. */
const COLON = /[ \t\n\r]*:/y;

/**
 * Puts a number in front of each key of the objects in the outermost list, such as `"3:STATUS"`. JSON.parse keeps only the last
 * of several equal keys; with numbers it keeps all of them.
 */
export function numberKeys(text: string): string {
  let numbered = '';
  let copied = 0;
  let depth = 0;
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    if (character !== '"') continue;
    const end = endOfString(text, index);
    COLON.lastIndex = end + 1;
    if (depth === 2 && COLON.test(text)) {
      numbered += `${text.slice(copied, index + 1)}${count}:`;
      copied = index + 1;
      count += 1;
    }
    index = end;
  }
  return numbered + text.slice(copied);
}

/** A key as it was before it had a number. */
export function unnumbered(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
