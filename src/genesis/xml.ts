import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { problemAt, type TextProblem } from './text-problem.ts';
import { toXmlElements, type XmlElement } from './xml-element.ts';

/** A text as XML. `empty`: only comments and blanks. */
export type XmlReading = { readonly kind: 'root'; readonly root: XmlElement } | { readonly kind: 'empty' } | Malformed;

interface Malformed {
  readonly kind: 'malformed';
  readonly problem: TextProblem;
}

/** Nodes as the parser returns them. */
interface Nodes {
  readonly kind: 'nodes';
  readonly nodes: unknown;
}

const NOTHING: Nodes = { kind: 'nodes', nodes: [] };

/** Limit for markup. Genesis' files are smaller, and the parser would need seconds for a larger one. */
export const MAX_XML_MARKS = 200_000;

const METADATA: unknown = XMLParser.getMetaDataSymbol();

const PARSER_OPTIONS = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  captureMetaData: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
} as const;

/** Reads an XML document. External references are not loaded and declared entities are not expanded. */
export function parseXml(text: string): XmlReading {
  const start = skipBlank(text, 0);
  const parsed = start === text.length ? NOTHING : parseNodes(text, start);
  if (parsed.kind === 'malformed') return parsed;
  const [first] = toXmlElements(parsed.nodes, METADATA);
  if (first === undefined) return { kind: 'empty' };
  const rest = skipBlank(text, first.end);
  if (rest < text.length) return malformed(text, rest, `expected nothing after <${first.element.name}>`);
  return { kind: 'root', root: first.element };
}

function parseNodes(text: string, start: number): Malformed | Nodes {
  if (countMarks(text) > MAX_XML_MARKS) return malformed(text, start, 'has more markup than is read');
  const fault = findFault(text);
  if (fault !== undefined) return { kind: 'malformed', problem: fault };
  try {
    return { kind: 'nodes', nodes: new XMLParser(PARSER_OPTIONS).parse(text) };
  } catch (error) {
    return malformed(text, start, String(error).replace(/^Error: /, ''));
  }
}

function malformed(text: string, offset: number, message: string): Malformed {
  return { kind: 'malformed', problem: problemAt(text, offset, `not XML: ${message.slice(0, 200)}`) };
}

/** Offset of the first character at or after `from` outside of blanks, comments and processing instructions. */
function skipBlank(text: string, from: number): number {
  // A byte order mark counts as a blank here.
  const blank = /\s*/y;
  let offset = from;
  for (;;) {
    blank.lastIndex = offset;
    blank.test(text);
    offset = blank.lastIndex;
    const close = text.startsWith('<!--', offset) ? '-->' : text.startsWith('<?', offset) ? '?>' : undefined;
    const end = close === undefined ? -1 : text.indexOf(close, offset + (close === '-->' ? 4 : 2));
    if (close === undefined || end < 0) return offset;
    offset = end + close.length;
  }
}

function countMarks(text: string): number {
  let marks = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const character = text.charCodeAt(offset);
    if (character === 0x3c || character === 0x3d) marks++;
  }
  return marks;
}

/** The parser accepts unclosed and mismatched tags; the validator rejects them. */
function findFault(text: string): TextProblem | undefined {
  const result = XMLValidator.validate(text);
  if (result === true) return undefined;
  const { msg, line, col } = result.err;
  // The validator has no position for a file that ends too early, the most common fault.
  const open = /^Invalid '\[.*"(.*)"\]' found\.$/s.exec(msg)?.[1];
  if (open === undefined) return { line, column: col ?? 1, message: `not XML: ${msg.slice(0, 200)}` };
  return problemAt(text, text.length, `not XML: expected </${open.slice(0, 100)}> before the end`);
}
