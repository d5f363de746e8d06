import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Notices changes in folders where the file system reports them. The caller still polls, because some file systems do not. */
export interface FolderWatch {
  /** Watches the folders that exist now, including new and replaced ones. */
  rearm(): Promise<void>;
  close(): void;
}

interface Watched {
  readonly id: string;
  readonly watcher: FSWatcher;
}

/** Creates a watch that watches nothing yet. */
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
      // The system has no watch left, or the file system supports none.
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

/** Identifies the file or folder at a path; undefined when there is none. */
async function identify(folder: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(folder);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
