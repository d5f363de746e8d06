import { formatPath, isSecretPath, overlaps, type Path, type Problem } from './problem.ts';
import type { Flaw, YamlDocument } from './yaml-document.ts';

/** A line for each flaw, `file:line:column: what`, in the order of their places and each once. */
export function tellFlaws(flaws: readonly Flaw[], file: string): readonly string[] {
  const sorted = flaws.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  return [...new Set(sorted.map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`))];
}

/** A problem at its place in the document. */
export function flawOf(problem: Problem, { placeOf }: Pick<YamlDocument, 'placeOf'>): Flaw {
  return { place: placeOf(problem.path, problem.atKey ?? false), message: describe(problem) };
}

/** The conclusions that were not drawn from anything left out. */
export function certain(conclusions: readonly Problem[], leftOut: readonly Path[]): readonly Problem[] {
  const isKnown = (path: Path) => !leftOut.some((missing) => overlaps(path, missing));
  return conclusions.filter(({ path, from = [path] }) => from.every(isKnown));
}

/** The name of a key that is wrong may itself be a secret, such as `{password:secret}` without a blank. */
function describe({ path, message, atKey }: Problem): string {
  const parent = path.slice(0, -1);
  const shown = formatPath(atKey && isSecretPath(parent) ? parent : path);
  return shown === '' ? message : `${shown}: ${message}`;
}
