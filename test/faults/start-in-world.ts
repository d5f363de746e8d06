import { copyFileSync, renameSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type ExporterProcess, startConfigured, temporaryFile } from '../helpers/exporter-process.ts';

/** What an exporter takes for the world around it. */
export interface World {
  /** How far its wall clock is ahead of the real one. */
  readonly clockOffsetMs: number;
  /** Names and the IPv4 address of each; null for one that does not resolve. */
  readonly names: Readonly<Record<string, string | null>>;
}

/** Starts an exporter in a world that can be changed while it runs. */
export async function startInWorld(
  yaml: string,
  world: World,
): Promise<{ readonly exporter: ExporterProcess; readonly change: (world: World) => void }> {
  const file = temporaryFile('world.json', JSON.stringify(world));
  // Beside the file, where the program can read it wherever it runs.
  const hook = `${file}.mjs`;
  copyFileSync(new URL('world.mjs', import.meta.url), hook);
  const exporter = await startConfigured(yaml, {
    NODE_OPTIONS: `--import=${pathToFileURL(hook).href}`,
    TEST_WORLD: file,
  });
  /** Moved into place: the program reads the file at any moment. */
  function change(next: World): void {
    writeFileSync(`${file}.new`, JSON.stringify(next));
    renameSync(`${file}.new`, file);
  }
  return { exporter, change };
}
