import { isAlias, isMap, isSeq, type ParsedNode, type YAMLMap } from 'yaml';
import type { Path, Problem } from './problem.ts';

/** Problems with keys, aliases and merges in a document without syntax errors. */
export interface KeyProblems {
  readonly problems: readonly Problem[];
  /** Whether the document can be converted to plain values in spite of the problems. */
  readonly isReadable: boolean;
}

/** Finds duplicate keys, forbidden keys, aliases without an anchor, and merges of something that is not a mapping. */
export function findKeyProblems(contents: ParsedNode | null): KeyProblems {
  const anchors = new Map<string, ParsedNode>();
  const harmless: Problem[] = [];
  const fatal: Problem[] = [];

  function visit(node: ParsedNode | null, path: Path): void {
    if (isAlias(node) && !anchors.has(node.source)) {
      fatal.push({ path, message: 'expected an anchor (&) before the alias (*) that names it' });
    }
    if (node !== null && !isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isSeq(node)) for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    if (isMap(node)) visitPairs(node, path);
  }

  function visitPairs(map: YAMLMap.Parsed, parent: Path): void {
    const seen = new Set<string>();
    for (const { key, value } of map.items) {
      // With `stringKeys` all keys are scalars, and String() returns their value.
      const name = String(key);
      const path = [...parent, name];
      if (name === '__proto__') fatal.push({ path, message: 'unknown key', atKey: true });
      if (name !== '<<' && seen.has(name)) harmless.push({ path, message: 'duplicate key', atKey: true });
      seen.add(name);
      visit(value, path);
      if (name === '<<' && !isMergeable(value)) fatal.push({ path, message: 'expected a mapping to merge' });
    }
  }

  function isMergeable(value: ParsedNode | null): boolean {
    const sources = isSeq(value) ? value.items : [value];
    return sources.every((source) => isMap(isAlias(source) ? anchors.get(source.source) : source));
  }

  visit(contents, []);
  return { problems: [...harmless, ...fatal], isReadable: fatal.length === 0 };
}
