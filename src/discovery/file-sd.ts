import type { DiscoveredTarget } from '../config/discovered-node.ts';
import type { FileSdOptions } from '../config/settings.ts';
import { explainCode } from '../diagnosis/file-text.ts';
import type { Hint } from '../domain/hint.ts';
import { codeOf, listFiles, readTargetFile } from './file-sd-files.ts';
import { createFolderWatch } from './file-sd-folders.ts';
import { type FilePattern, parseFilePattern } from './file-sd-pattern.ts';
import { startRefreshing, type TargetsDeps, type TargetsRead, type TargetsSource } from './targets-source.ts';

/**
 * Reads the targets from files: at each interval, and when a file changes. A bad file keeps its last good targets, and the
 * refresh fails. A deleted file loses its targets.
 */
export function watchFileSd({ source, files, refreshIntervalMs }: FileSdOptions, deps: TargetsDeps): TargetsSource {
  const patterns = files.map(parseFilePattern);
  const readFiles = createFilesReader(patterns);
  const folders = new Set(patterns.map(({ folder }) => folder));
  const folderWatch = createFolderWatch(folders, () => refreshing.refreshSoon());

  async function read(): Promise<TargetsRead> {
    // First, so that no change between reading and watching is missed.
    await folderWatch.rearm();
    return readFiles();
  }

  const refreshing = startRefreshing({ source, intervalMs: refreshIntervalMs, read }, deps);

  function close(): void {
    folderWatch.close();
    refreshing.close();
  }

  return { ready: refreshing.ready, close };
}

/** A reader that remembers the last good targets of each file. */
function createFilesReader(patterns: readonly FilePattern[]): () => Promise<TargetsRead> {
  const listed = new Map<FilePattern, readonly string[]>();
  let good: ReadonlyMap<string, readonly DiscoveredTarget[]> = new Map();

  async function list(pattern: FilePattern, problems: string[], hints: Set<Hint>): Promise<readonly string[]> {
    try {
      listed.set(pattern, await listFiles(pattern));
    } catch (error) {
      problems.push(`${pattern.folder}: cannot be read: ${explainCode(codeOf(error))}`);
      hints.add('file-unreadable');
    }
    return listed.get(pattern) ?? [];
  }

  return async () => {
    const problems: string[] = [];
    const hints = new Set<Hint>();
    const paths = new Set<string>();
    for (const pattern of patterns) for (const path of await list(pattern, problems, hints)) paths.add(path);
    const next = new Map<string, readonly DiscoveredTarget[]>();
    for (const path of paths) {
      const found = await readTargetFile(path);
      const before = good.get(path);
      if (found.kind === 'targets') next.set(path, found.targets);
      if (found.kind !== 'problems') continue;
      problems.push(...found.problems);
      for (const hint of found.hints ?? []) hints.add(hint);
      if (before !== undefined) next.set(path, before);
    }
    good = next;
    const knowsNothing = next.size === 0 && problems.length > 0;
    return { targets: knowsNothing ? undefined : [...next.values()].flat(), problems, hints: [...hints] };
  };
}
