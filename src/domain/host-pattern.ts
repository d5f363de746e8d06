import { isHostName } from './host-name.ts';

const WILDCARD = '*';

/**
 * Whether a text is a pattern of host names in lower case: a name, in which `*` stands for one or more labels as the first
 * label, and else for any characters of one label, at most once in each. The last of several labels is without.
 */
export function isHostPattern(text: string): boolean {
  const labels = text.split('.');
  if (labels.length > 1 && labels.at(-1)?.includes(WILDCARD)) return false;
  if (labels.some((label) => label.split(WILDCARD).length > 2)) return false;
  return isHostName(text.replaceAll(WILDCARD, 'x'));
}

/** Whether a host name in lower case matches a pattern. */
export function hostPatternMatches(pattern: string, name: string): boolean {
  const patterns = pattern.split('.');
  const labels = name.split('.');
  if (patterns[0] !== WILDCARD) return labelsMatch(patterns, labels);
  const rest = patterns.slice(1);
  return labels.length > rest.length && labelsMatch(rest, labels.slice(labels.length - rest.length));
}

function labelsMatch(patterns: readonly string[], labels: readonly string[]): boolean {
  return patterns.every((pattern, index) => labelMatches(pattern, labels[index])) && patterns.length === labels.length;
}

function labelMatches(pattern: string, label: string | undefined): boolean {
  if (label === undefined) return false;
  const [start = '', end] = pattern.split(WILDCARD);
  if (end === undefined) return label === pattern;
  return label.length >= start.length + end.length && label.startsWith(start) && label.endsWith(end);
}
