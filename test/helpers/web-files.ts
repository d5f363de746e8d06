import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const CERTIFICATES = fileURLToPath(new URL('../fixtures/tls/', import.meta.url));

/** A folder with a web configuration file and the certificates of the fixtures beside it; it goes when the test ends. */
export interface WebFolder {
  readonly file: string;
  /** Replaces the configuration. */
  write(text: string): void;
  /** Copies a fixture, or a file of the folder, over another file of it. */
  copy(from: string, to: string): void;
  remove(name: string): void;
}

/** A folder with this configuration. */
export function webFolder(text: string): WebFolder {
  const folder = mkdtempSync(join(tmpdir(), 'web-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(CERTIFICATES, folder, { recursive: true });
  const file = join(folder, 'web.yml');
  const write = (next: string) => writeFileSync(file, next);
  write(text);
  return {
    file,
    write,
    copy: (from, to) => cpSync(join(folder, from), join(folder, to)),
    remove: (name) => rmSync(join(folder, name)),
  };
}
