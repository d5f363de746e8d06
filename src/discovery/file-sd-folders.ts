import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Notices changes in folders where the file system tells of them; who uses it looks now and then all the same. */
export interface FolderWatch {
  /** Watches the folders that are there now: those that were made or replaced since, too. */
  rearm(): Promise<void>;
  close(): void;
}

interface Watched {
  readonly id: string;
  readonly watcher: FSWatcher;
}

/** A watch on folders, which as yet watches nothing. */
export function createFolderWatch(folders: ReadonlySet<string>, onChange: () => void): FolderWatch {
  const watched = new Map<string, Watched>();
  let isClosed = false;

  async function rearm(): Promise<void> {
    for (const folder of folders) {
      const id = await identify(folder);
      if (isClosed) return;
      if (watched.get(folder)?.id === id) continue;
      forget(folder);
      if (id !== undefined) observe(folder, id);
    }
  }

  function observe(folder: string, id: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, onChange);
      watcher.on('error', () => forget(folder));
      watched.set(folder, { id, watcher });
    } catch {
      // Too many watches, or a file system without any.
    }
  }

  function forget(folder: string): void {
    watched.get(folder)?.watcher.close();
    watched.delete(folder);
  }

  function close(): void {
    isClosed = true;
    for (const folder of folders) forget(folder);
  }

  return { rearm, close };
}

/** What a path leads to now; undefined when nothing. */
async function identify(folder: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(folder);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
