import { type FSWatcher, watch } from 'node:fs';

/** Watches folders for changes. */
export interface FolderWatchers {
  /** Watches exactly these folders. A folder that cannot be watched is left to the regular scans. */
  follow(folders: readonly string[]): void;
  /** Renews all watches, because a watch stays on a folder that has been replaced. */
  renew(): void;
  close(): void;
}

/** At most this many folders are watched: the system has a limited number of watches. */
const MAX_WATCHED = 64;

/** Calls `onChange` for each change event of a watched folder. */
export function createFolderWatchers(onChange: () => void): FolderWatchers {
  const watchers = new Map<string, FSWatcher>();

  function drop(folder: string): void {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  }

  function add(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, onChange);
      watcher.on('error', () => drop(folder));
      watchers.set(folder, watcher);
    } catch {
      drop(folder);
    }
  }

  function follow(folders: readonly string[]): void {
    const wanted = new Set(folders.slice(0, MAX_WATCHED));
    for (const folder of [...watchers.keys()]) if (!wanted.has(folder)) drop(folder);
    for (const folder of wanted) if (!watchers.has(folder)) add(folder);
  }

  function renew(): void {
    const folders = [...watchers.keys()];
    follow([]);
    follow(folders);
  }

  return { follow, renew, close: () => follow([]) };
}
