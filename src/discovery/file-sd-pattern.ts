import { basename, dirname, join } from 'node:path';

/** Files by a path whose last part may be a pattern. */
export interface FilePattern {
  readonly folder: string;
  /** The name of the one file; undefined for a pattern. */
  readonly file: string | undefined;
  /** Whether a file name of the folder matches. */
  matches(name: string): boolean;
}

/** Splits a path. In its last part `*` matches any characters and `?` one character, but neither matches a leading dot. */
export function parseFilePattern(path: string): FilePattern {
  const folder = dirname(path);
  const name = basename(path);
  if (!/[*?]/.test(name)) return { folder, file: join(folder, name), matches: (given) => given === name };
  const parts = name.replaceAll(/\*+/g, '*').replaceAll(/[^\w*?]/g, '\\$&');
  const wanted = new RegExp(`^${parts.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
  const wantsDot = name.startsWith('.');
  return { folder, file: undefined, matches: (given) => given.startsWith('.') === wantsDot && wanted.test(given) };
}
