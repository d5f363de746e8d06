import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { explainCode } from '../diagnosis/file-text.ts';
import { isHomeFile } from '../genesis/home-files.ts';

/** A file that may be read. */
export interface ScannedFile {
  /** The path relative to the home, with `/`. */
  readonly path: string;
  /** The real path, which is inside the home. */
  readonly realPath: string;
}

/** The files of a Genesis home; none of them is read yet. */
export interface HomeScan {
  readonly home: string;
  readonly files: readonly ScannedFile[];
  /** The folders where a change may matter. */
  readonly folders: readonly string[];
  /** Problems that prevent reading the home, one line each. */
  readonly problems: readonly string[];
  /** Differs whenever a file has been changed, added, replaced or removed. */
  readonly fingerprint: string;
}

/** Limits of the search. */
export interface ScanLimits {
  readonly maxFiles: number;
  readonly maxFolders: number;
  /** Folders below the home. */
  readonly maxDepth: number;
}

const SCAN_LIMITS: ScanLimits = { maxFiles: 1000, maxFolders: 10_000, maxDepth: 12 };

/** Folders that are large, irrelevant, or written to all the time. */
const UNSEARCHED: ReadonlySet<string> = new Set(['node_modules', 'runtime', 'logs', 'build', 'bin', 'lib']);

/** Folders that must be readable, or the reading reports a problem. */
const CONFIG_FOLDERS: ReadonlySet<string> = new Set(['cfg', 'generated', 'site-specific']);

interface Folder {
  /** The path relative to the home with a trailing `/`; empty for the home itself. */
  readonly path: string;
  readonly realPath: string;
  readonly depth: number;
  /** Whether the home cannot be read without it. */
  readonly matters: boolean;
}

/** Searches a Genesis home for its configuration files, nearest first. Follows links that stay inside the home. */
export async function scanGenesisHome(home: string, limits: ScanLimits = SCAN_LIMITS): Promise<HomeScan> {
  const files: ScannedFile[] = [];
  const folders: string[] = [];
  const problems: string[] = [];
  const marks: string[] = [];
  const root = await realpath(home).catch((error: unknown) => void problems.push(`${home}: ${reasonOf(error)}`));
  const seen = new Set(root === undefined ? [] : [root]);
  const queue: Folder[] = [...seen].map((realPath) => ({ path: '', realPath, depth: 0, matters: true }));

  async function visitEntry({ path: folder, realPath: parent, depth }: Folder, name: string): Promise<void> {
    const path = folder + name;
    const isFile = isHomeFile(path);
    const matters = isFile || CONFIG_FOLDERS.has(name);
    try {
      const realPath = await realpath(join(parent, name));
      const stats = await stat(realPath);
      if (root === undefined || !isInside(realPath, root)) {
        if (matters) problems.push(`${join(home, path)}: leads out of the Genesis home`);
      } else if (stats.isDirectory() && !seen.has(realPath)) {
        seen.add(realPath);
        queue.push({ path: `${path}/`, realPath, depth: depth + 1, matters });
      } else if (isFile && !stats.isDirectory()) {
        files.push({ path, realPath });
        marks.push([path, realPath, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(':'));
      }
    } catch (error) {
      if (matters) problems.push(`${join(home, path)}: ${reasonOf(error)}`);
    }
  }

  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
    const { path, realPath, depth, matters } = folder;
    if (matters) folders.push(realPath);
    const entries = await readdir(realPath, { withFileTypes: true }).catch((error: unknown) => {
      if (matters) problems.push(`${join(home, path.slice(0, -1))}: ${reasonOf(error)}`);
      return [];
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const isSearched = depth < limits.maxDepth && !entry.name.startsWith('.') && !UNSEARCHED.has(entry.name);
      if (entry.isFile() ? isHomeFile(path + entry.name) : isSearched) await visitEntry(folder, entry.name);
    }
    if (files.length > limits.maxFiles) problems.push(`${home}: has more than ${limits.maxFiles} configuration files`);
    if (seen.size > limits.maxFolders) problems.push(`${home}: has more than ${limits.maxFolders} folders`);
    if (files.length > limits.maxFiles || seen.size > limits.maxFolders) break;
  }
  return { home, files, folders, problems, fingerprint: [...marks, ...problems].join('\n') };
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** Why a file or folder cannot be read. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return `cannot be read: ${explainCode(code)}`;
}
