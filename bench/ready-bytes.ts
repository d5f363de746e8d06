import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ready } from './bare.ts';

/** Not the server's to choose. */
const HOP_BY_HOP: ReadonlySet<string> = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

/** Saves what a server answers, as it would have to be sent again; gives the file that `bare-server` reads. */
export async function saveReadyBytes(origin: string, paths: readonly string[], folder: string): Promise<string> {
  const readies: Ready[] = [];
  for (const [index, path] of paths.entries()) {
    const response = await fetch(origin + path, { headers: { 'accept-encoding': 'identity' } });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    const bodyFile = join(folder, `body-${index}`);
    writeFileSync(bodyFile, Buffer.from(await response.arrayBuffer()));
    const headers = [...response.headers].filter(([name]) => !HOP_BY_HOP.has(name)).flat();
    readies.push({ path, headers, bodyFile });
  }
  const file = join(folder, 'ready.json');
  writeFileSync(file, JSON.stringify(readies));
  return file;
}
