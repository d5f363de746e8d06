import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import type { Environment } from './secret.ts';
import type { Config } from './settings.ts';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file'],
  ['ENOTDIR', 'no such file'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a directory'],
]);

/** Loads a YAML configuration; `env` may name proxies. Rejects with a ConfigError that lists all problems. */
export async function loadConfigFile(file: string, env: Environment): Promise<Config> {
  const text = await readText(file);
  // Loaded only here, so that a start without a file does not load zod and yaml.
  const { parseConfig } = await import('./parse.ts');
  const parsed = parseConfig(text, { file, resolveFile: (path) => resolve(dirname(file), path), env });
  if (parsed.kind === 'problems') throw new ConfigError(parsed.problems);
  return parsed.config;
}

/** Why a file cannot be read. The caller names the file. */
export function explainReadError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return `cannot be read: ${REASONS.get(code) ?? code}`;
}

/** The text of a configuration file; rejects with a ConfigError when the file cannot be read or is not UTF-8. */
export async function readText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new ConfigError([`${file}: ${explainReadError(error)}`], { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ConfigError([`${file}: expected text in UTF-8`], { cause: error });
  }
}

/** A hash over the content of files. It changes when a file changes, disappears or comes back. */
export async function fingerprintFiles(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = await readFile(file).catch(() => Buffer.from('unreadable'));
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
}
