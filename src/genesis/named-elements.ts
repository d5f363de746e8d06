import { MAX_PROBLEMS, type Parsed, problemAt, quoteText, type TextProblem } from './text-problem.ts';
import { parseXml } from './xml.ts';
import type { XmlElement } from './xml-element.ts';

/** Root elements of both kinds of files, merged files and old templates included. */
const ROOTS: ReadonlySet<string> = new Set(['processes', 'configuration']);

const MAX_NAME_LENGTH = 256;

/** An element with a `name`, and a function that reports a problem with it. */
export interface NamedElement {
  readonly name: string;
  readonly element: XmlElement;
  readonly report: (message: string) => void;
}

/**
 * Reads every element called `tag`, at any depth, with `toEntry`. The first element of a name wins, as in the platform's
 * own scripts. Elements without a usable name are skipped; a file that is empty or has only comments is valid.
 */
export function parseNamedElements<Entry>(
  text: string,
  tag: string,
  toEntry: (named: NamedElement) => Entry,
): Parsed<ReadonlyMap<string, Entry>> {
  const reading = parseXml(text);
  if (reading.kind === 'malformed') return reading;
  const entries = new Map<string, Entry>();
  const problems: TextProblem[] = [];
  if (reading.kind === 'empty') return { kind: 'parsed', value: entries, problems };
  const { root } = reading;
  if (!ROOTS.has(root.name)) {
    const message = `expected <processes> or <configuration>, got <${root.name.slice(0, 100)}>`;
    return { kind: 'malformed', problem: problemAt(text, root.offset, message) };
  }
  for (const element of descendants(root, tag)) {
    const report = (message: string): void => {
      if (problems.length < MAX_PROBLEMS) problems.push(problemAt(text, element.offset, message));
    };
    const name = element.attributes.get('name')?.trim();
    if (!isUsable(name)) {
      report(`expected a name for <${tag}>, got ${name === undefined ? 'none' : quoteText(name)}`);
    } else if (!entries.has(name)) {
      entries.set(name, toEntry({ name, element, report }));
    }
  }
  return { kind: 'parsed', value: entries, problems };
}

function descendants(element: XmlElement, tag: string): readonly XmlElement[] {
  return element.children.flatMap((child) => (child.name === tag ? [child] : descendants(child, tag)));
}

function isUsable(name: string | undefined): name is string {
  return name !== undefined && name !== '' && name.length <= MAX_NAME_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(name);
}
