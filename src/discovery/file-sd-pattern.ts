import { basename, dirname, join } from 'node:path';

/** Files by a path whose last part may be a pattern. */
export interface FilePattern {
  readonly folder: string;
  /** The one file that is meant; undefined for a pattern. */
  readonly file: string | undefined;
  /** Whether a file of the folder is meant. */
  matches(name: string): boolean;
}

/** Takes a path apart: `*` in its last part stands for any characters and `?` for one, but not for a dot in front. */
export function parseFilePattern(path: string): FilePattern {
  const folder = dirname(path);
  const name = basename(path);
  if (!/[*?]/.test(name)) return { folder, file: join(folder, name), matches: (given) => given === name };
  const parts = name.replaceAll(/\*+/g, '*').replaceAll(/[^\w*?]/g, '\\$&');
  const wanted = new RegExp(`^${parts.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
  const wantsDot = name.startsWith('.');
  return { folder, file: undefined, matches: (given) => given.startsWith('.') === wantsDot && wanted.test(given) };
}
