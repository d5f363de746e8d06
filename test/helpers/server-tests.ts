import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Modules of Node.js that open sockets or start programs. */
const OPENS = /^import (?!type )[^;]*?'node:(?:child_process|dgram|http|https|net|tls|worker_threads)';/m;
const RELATIVE = /^(?:import|export) (?!type )[^;]*?'(\.[^']+)';/gm;

/** Tests outside of `test/e2e` that open sockets or start programs, themselves or through a helper; paths from the project's root. */
export function serverTests(): readonly string[] {
  const names = readdirSync('test', { recursive: true, encoding: 'utf8' });
  return names
    .map((name) => `test/${name}`)
    .filter((path) => path.endsWith('.test.ts') && !/^test\/(?:e2e|packages)\//.test(path))
    .filter((path) => opensSockets(path, new Set()));
}

function opensSockets(path: string, seen: Set<string>): boolean {
  if (seen.has(path)) return false;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  if (OPENS.test(text)) return true;
  const imported = [...text.matchAll(RELATIVE)].map((match) => posix.join(posix.dirname(path), match[1] ?? ''));
  return imported.some((file) => file.startsWith('test/') && opensSockets(file, seen));
}
