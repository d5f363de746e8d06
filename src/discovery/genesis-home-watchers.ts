import { type FSWatcher, watch } from 'node:fs';

/** Watches folders for changes. */
export interface FolderWatchers {
  /** Watches these folders and no others; one that cannot be watched is left to whoever looks from time to time. */
  follow(folders: readonly string[]): void;
  /** Watches anew what stands at the paths now: a watch stays with a folder that another has taken the place of. */
  renew(): void;
  close(): void;
}

/** More folders than this are not watched: the system has few watches to give. */
const MAX_WATCHED = 64;

/** Calls `onChange` when something in a watched folder changes, as often as the system says so. */
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
