import { fingerprintFiles } from '../config/load.ts';
import type { Reload } from './reloader.ts';

/** A watch that goes on until it is closed. */
export interface ConfigWatch {
  close(): void;
}

/**
 * Looks at files every `intervalMs` and reloads when the bytes of one have changed since the last look. Bytes, not times or
 * names: in Kubernetes a file's folder is swapped by a link.
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
