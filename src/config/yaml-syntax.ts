import { type CST, type ErrorCode, Parser } from 'yaml';

/** Replace the messages of the library, which may quote a secret from the document. */
const EXPLANATIONS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias has neither a tag nor an anchor',
  BAD_ALIAS: 'the name of an alias or anchor is missing or ends in a colon',
  BAD_COLLECTION_TYPE: 'this tag does not fit here',
  BAD_DIRECTIVE: 'unknown directive',
  BAD_DQ_ESCAPE: 'unknown escape in a double-quoted text',
  BAD_INDENT: 'wrong indentation, or a bracket or brace that is not closed',
  BAD_PROP_ORDER: 'an anchor or tag stands in the wrong place',
  BAD_SCALAR_START: 'a text that begins with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a mapping or list cannot begin here (wrong indentation, or a text with a colon that needs quotes)',
  BLOCK_IN_FLOW: 'indented lists and mappings cannot stand inside brackets or braces',
  DUPLICATE_KEY: 'duplicate key',
  IMPOSSIBLE: 'not valid YAML',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  MISSING_CHAR: 'a quote, comma, colon, dash or blank is missing',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines, or a colon is missing',
  MULTIPLE_ANCHORS: 'more than one anchor',
  MULTIPLE_DOCS: 'expected one document, got several (---)',
  MULTIPLE_TAGS: 'more than one tag',
  NON_STRING_KEY: 'expected a plain key',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  TAB_AS_INDENT: 'tabs cannot indent, use spaces',
  TAG_RESOLVE_FAILED: 'unknown tag',
  UNEXPECTED_TOKEN: 'something stands here that YAML does not allow',
};

/** Explains a YAML error without a quotation from the document. */
export function explainYamlError(code: ErrorCode): string {
  return EXPLANATIONS[code];
}

/** Deeper than any real configuration, and far below the depth at which the recursive composer overflows the stack. */
const MAX_DEPTH = 64;

/** The offset at which lists and mappings are nested too deeply; undefined when there is none. */
export function findTooDeep(text: string): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [];
  for (const token of new Parser().parse(text)) open.push({ token, depth: 0 });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) return token.offset;
    for (const child of childrenOf(token)) open.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((child) => child !== undefined && child !== null));
}
