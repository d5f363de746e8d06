import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Host names of the fleet, and where each leads now. */
export interface Names {
  /** What the exporter is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** Lets a name lead to an IPv4 address from now on. */
  point(name: string, address: string): void;
}

/** No names yet; they are kept in a file in `folder`. */
export function createNames(folder: string): Names {
  const file = join(folder, 'names.json');
  const addresses = new Map<string, string>();

  /** Moved into place, so that no half of it can be read. */
  function write(): void {
    writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(addresses)));
    renameSync(`${file}.new`, file);
  }

  write();
  return {
    env: { SOAK_NAMES: file, NODE_OPTIONS: `--import=${new URL('./name-hook.js', import.meta.url)}` },
    point(name, address) {
      addresses.set(name, address);
      write();
    },
  };
}
