import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnoseText, explainCode } from '../diagnosis/file-text.ts';
import type { Hint } from '../domain/hint.ts';
import type { FilePattern } from './file-sd-pattern.ts';
import type { TargetsText } from './targets.ts';

/** The result of reading a file with targets. */
export type TargetFile = TargetsText | { readonly kind: 'gone' };

/** The files that match a pattern, in order; none when the folder does not exist. Rejects when the folder cannot be read. */
export async function listFiles({ folder, file, matches }: FilePattern): Promise<readonly string[]> {
  if (file !== undefined) return [file];
  try {
    const names = await readdir(folder);
    return names
      .filter(matches)
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const MAX_BYTES = 8 * 1024 ** 2;

/** Reads a file with targets; problems begin with its path. */
export async function readTargetFile(path: string): Promise<TargetFile> {
  const failed = (problem: string, ...hints: readonly Hint[]): TargetFile => ({
    kind: 'problems',
    problems: [`${path}: ${problem}`],
    hints,
  });
  try {
    const stats = await stat(path);
    // Reading a pipe would wait for its writer.
    if (!stats.isFile()) return failed('expected a file');
    if (stats.size > MAX_BYTES) return failed('expected at most 8MiB');
    const text = decode(await readFile(path));
    if (text === undefined) return failed('expected text in UTF-8');
    // Some programs empty a file before they write it.
    if (text.trim() === '')
      return failed('expected a list, got nothing; [] says that there are no targets', 'file-empty');
    const { readJsonTargets, readYamlTargets } = await import('./targets.ts');
    const isJson = /\.json$/i.test(path);
    const found = isJson ? readJsonTargets(text) : readYamlTargets(text);
    if (found.kind === 'targets') return found;
    if (found.other?.syntaxError !== undefined) {
      const { text: said, hint } = diagnoseText(text, found.other.syntaxError);
      return failed(said, hint);
    }
    return { kind: 'problems', problems: found.problems.map((problem) => `${path}:${separator(problem)}${problem}`) };
  } catch (error) {
    return isMissing(error)
      ? { kind: 'gone' }
      : failed(`cannot be read: ${explainCode(codeOf(error))}`, 'file-unreadable');
  }
}

/** The code of a file system's error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function separator(problem: string): string {
  return /^\d+:\d+: /.test(problem) ? '' : ' ';
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
