import { fingerprintFiles } from '../config/load.ts';
import type { Reload } from './reloader.ts';

/** A watch that runs until `close()`. */
export interface ConfigWatch {
  close(): void;
}

/**
 * Reads files every `intervalMs` and reloads when the content of one has changed. It compares content, not times or names,
 * because Kubernetes replaces a file's folder through a link.
 */
export function watchConfigFiles(files: readonly string[], intervalMs: number, reload: Reload): ConfigWatch {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let last: string | undefined;

  async function look(): Promise<void> {
    const seen = await fingerprintFiles(files);
    const isChanged = last !== undefined && seen !== last;
    last = seen;
    if (isChanged && !isClosed) await reload().catch(() => undefined);
    if (!isClosed) timer = setTimeout(look, intervalMs);
  }

  void look();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
