import { posix } from 'node:path';
import { type SourceFile, withoutComments } from './source.ts';

/** One import, re-export or `import()` of a file. */
export interface Import {
  /** Path of the importing file. */
  readonly from: string;
  readonly specifier: string;
  /** Path from the root for a relative import, else the specifier. */
  readonly target: string;
  readonly isRelative: boolean;
  /** True when nothing is loaded when the program runs. */
  readonly isTypeOnly: boolean;
}

const STATEMENT = /^(?:import|export)\b(\s+type\b)?(?:[^'";]*?\bfrom)?\s*(['"])([^'"]+)\2/gm;
const CALL = /\bimport\(\s*(?:(['"`])([^'"`]*)\1)?/g;

/** What an `import()` of something computed is called: no rule can see where it goes. */
export const COMPUTED = '(computed)';

/** All imports of a file, read from its text. */
export function importsOf({ path, text }: SourceFile): readonly Import[] {
  const source = withoutComments(text);
  const statements = [...source.matchAll(STATEMENT)].map((match) =>
    importOf(path, match[3] ?? COMPUTED, match[1] !== undefined),
  );
  const calls = [...source.matchAll(CALL)].map((match) => importOf(path, match[2] ?? COMPUTED, false));
  return [...statements, ...calls];
}

function importOf(from: string, specifier: string, isTypeOnly: boolean): Import {
  const isRelative = specifier.startsWith('.');
  const target = isRelative ? posix.join(posix.dirname(from), specifier) : specifier;
  return { from, specifier, target, isRelative, isTypeOnly };
}

/** Import cycles as `a -> b -> a`, each found once; type-only imports count. */
export function findCycles(files: readonly SourceFile[]): string[] {
  const targets = new Map(files.map((file) => [file.path, importsOf(file).map(({ target }) => target)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  function visit(path: string, trail: readonly string[]): void {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  }
  for (const path of targets.keys()) visit(path, []);
  return cycles;
}
