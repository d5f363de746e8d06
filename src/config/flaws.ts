import { formatPath, isSecretPath, overlaps, type Path, type Problem } from './problem.ts';
import type { Flaw, YamlDocument } from './yaml-document.ts';

/** One line per flaw, `file:line:column: message`, sorted by place and without duplicates. */
export function tellFlaws(flaws: readonly Flaw[], file: string): readonly string[] {
  const sorted = flaws.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  return [...new Set(sorted.map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`))];
}

/** Adds the place in the document to a problem. */
export function flawOf(problem: Problem, { placeOf }: Pick<YamlDocument, 'placeOf'>): Flaw {
  return { place: placeOf(problem.path, problem.atKey ?? false), message: describe(problem) };
}

/** The conclusions that do not depend on a value that was left out. */
export function certain(conclusions: readonly Problem[], leftOut: readonly Path[]): readonly Problem[] {
  const isKnown = (path: Path) => !leftOut.some((missing) => overlaps(path, missing));
  return conclusions.filter(({ path, from = [path] }) => from.every(isKnown));
}

/** Hides a wrong key where it may be a secret: in `{password:secret}`, without a blank, the secret is part of the key. */
function describe({ path, message, atKey }: Problem): string {
  const parent = path.slice(0, -1);
  const shown = formatPath(atKey && isSecretPath(parent) ? parent : path);
  return shown === '' ? message : `${shown}: ${message}`;
}
