import {
  type DocumentOptions,
  type ErrorCode,
  isMap,
  isSeq,
  LineCounter,
  type ParsedNode,
  type ParseOptions,
  parseDocument,
  type ScalarTag,
  type SchemaOptions,
  type Tags,
} from 'yaml';
import { type Path, type Problem, quote } from './problem.ts';
import { findKeyProblems } from './yaml-keys.ts';
import { explainYamlError, findTooDeep } from './yaml-syntax.ts';

/** A place in a text; both numbers start at 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something wrong at a place. */
export interface Flaw {
  readonly place: Place;
  readonly message: string;
}

/** A YAML document as plain values, with their places in the text. */
export interface YamlDocument {
  /** Undefined when the document cannot be converted to plain values. */
  readonly value: unknown;
  readonly flaws: readonly Flaw[];
  /** Problems with keys, aliases and merges. */
  readonly problems: readonly Problem[];
  /** The place of the value at a path, or of its key. If it is missing, the place of the nearest parent. */
  readonly placeOf: (path: Path, atKey: boolean) => Place;
}

/** A document, or why the text is not one. */
export type YamlText =
  | ({ readonly kind: 'document' } & YamlDocument)
  | { readonly kind: 'unreadable'; readonly flaws: readonly Flaw[] };

/** Errors whose explanation already says what the parser found. */
const SAYS_IT_ALL: ReadonlySet<ErrorCode> = new Set(['TAB_AS_INDENT', 'MULTIPLE_DOCS', 'DUPLICATE_KEY']);

const MAX_ALIASES = 10_000;

const OPTIONS: ParseOptions & DocumentOptions & SchemaOptions = {
  merge: true,
  stringKeys: true,
  uniqueKeys: false,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'error',
  customTags: withoutLeadingZeros,
};

/**
 * Reads one YAML document with merge keys. Never throws. Scalars follow YAML's core schema; with `texts` every scalar stays
 * the text that was written.
 */
export function readYaml(text: string, scalars: 'typed' | 'texts' = 'typed'): YamlText {
  const placeAt = createPlaces(text);
  const unreadable = (offset: number, message: string): YamlText => ({
    kind: 'unreadable',
    flaws: [{ place: placeAt(offset), message }],
  });
  const tooDeep = findTooDeep(text);
  if (tooDeep !== undefined) return unreadable(tooDeep, explainYamlError('RESOURCE_EXHAUSTION'));
  const document = parseDocument(text, { ...OPTIONS, schema: scalars === 'typed' ? 'core' : 'failsafe' });
  const { contents, errors, warnings } = document;
  // Only the first error is reported: later ones are often consequences of it.
  const [error] = errors;
  if (error !== undefined) {
    const [offset] = error.pos;
    const met = SAYS_IT_ALL.has(error.code) ? '' : `; the parser met ${whatIsAt(text, offset)}`;
    return unreadable(offset, `${explainYamlError(error.code)}${met}`);
  }
  const flaws = warnings.map(({ code, pos }) => ({ place: placeAt(pos[0]), message: explainYamlError(code) }));
  const { problems, isReadable } = findKeyProblems(contents);
  const placeOf = (path: Path, atKey: boolean) => placeAt(offsetOf(contents, path, atKey));
  try {
    const value: unknown = isReadable ? document.toJS({ maxAliasCount: MAX_ALIASES }) : undefined;
    return { kind: 'document', value, flaws, problems, placeOf };
  } catch {
    // Aliases can expand a small text to a huge document. The library's error has no place.
    return unreadable(0, 'the aliases (*) stand for too much');
  }
}

/** Shows only one character, because more of the text may be a secret. */
function whatIsAt(text: string, offset: number): string {
  const character = text.charAt(offset);
  if (character === '') return 'the end of the file';
  return character.trim() === '' ? 'a blank' : quote(character);
}

function createPlaces(text: string): (offset: number) => Place {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

/** Keeps `012` as a text: some YAML parsers read it as ten, others as twelve, and in a name the zero matters. */
function withoutLeadingZeros(tags: Tags): Tags {
  return tags.map((tag) => (isDecimalTag(tag) ? { ...tag, test: /^[-+]?(?:0|[1-9][0-9]*)$/ } : tag));
}

function isDecimalTag(tag: Tags[number]): tag is ScalarTag {
  return typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:int' && tag.format === undefined;
}

function offsetOf(contents: ParsedNode | null, path: Path, atKey: boolean): number {
  let node = contents;
  let offset = node === null ? 0 : node.range[0];
  for (const [index, segment] of path.entries()) {
    const isWanted = atKey && index === path.length - 1;
    const item = itemOf(node, segment);
    if (item === undefined) return offset;
    node = item.value;
    offset = node === null || isWanted ? item.start : node.range[0];
  }
  return offset;
}

function itemOf(node: ParsedNode | null, segment: string | number): Item | undefined {
  if (isSeq(node) && typeof segment === 'number') {
    const value = node.items[segment];
    return value && { value, start: value.range[0] };
  }
  if (!isMap(node)) return undefined;
  // The last value of a duplicate key counts.
  const pair = node.items.findLast(({ key }) => String(key) === segment);
  return pair && { value: pair.value, start: pair.key.range[0] };
}

interface Item {
  readonly value: ParsedNode | null;
  /** Offset of the key in a mapping, or of the item in a list. */
  readonly start: number;
}
