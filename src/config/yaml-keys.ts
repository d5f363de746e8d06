import { isAlias, isMap, isSeq, type ParsedNode, type YAMLMap } from 'yaml';
import type { Path, Problem } from './problem.ts';

/** What is wrong with the keys and the references of a well-formed document. */
export interface KeyProblems {
  readonly problems: readonly Problem[];
  /** Whether plain values can be made of the document all the same. */
  readonly isReadable: boolean;
}

/** Finds keys that stand twice, keys that no mapping may have, and aliases and merges that lead nowhere. */
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
      // `stringKeys` leaves no other keys than scalars, and those print their value.
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
