import { type NamedElement, parseNamedElements } from './named-elements.ts';
import { type Parsed, quoteText } from './text-problem.ts';
import { parseBoolean } from './text-values.ts';

/** A `<process>` before overrides. */
export interface ProcessEntry {
  /** Empty when the file has none. Genesis then uses the application's name, which the file does not have. */
  readonly group: string;
  /** Whether `startServer` starts it. */
  readonly start: boolean;
  readonly primaryOnly: boolean;
}

/**
 * The processes of a `*-processes.xml` or the merged `processes.xml` by name, in the form that Genesis' documentation
 * of the processes file describes. Elements that do not matter for what should run are skipped.
 */
export function parseProcessesXml(text: string): Parsed<ReadonlyMap<string, ProcessEntry>> {
  return parseNamedElements(text, 'process', (named) => ({
    group: textOf(named, 'groupId'),
    start: booleanOf(named, 'start', true),
    primaryOnly: booleanOf(named, 'primaryOnly', false),
  }));
}

function textOf({ element }: NamedElement, tag: string): string {
  return element.children.find((child) => child.name === tag)?.text ?? '';
}

function booleanOf(named: NamedElement, tag: string, otherwise: boolean): boolean {
  const text = textOf(named, tag);
  const value = parseBoolean(text);
  if (value === undefined && text !== '') {
    named.report(`expected true or false for <${tag}> of ${named.name}, got ${quoteText(text)}`);
  }
  return value ?? otherwise;
}
