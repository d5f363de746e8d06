import { constants, type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hint } from '../domain/hint.ts';
import type { HomeReading } from '../domain/home-reading.ts';
import type { HomeSurroundings, HomeText } from '../genesis/home.ts';
import { chooseHomeFiles } from '../genesis/home-files.ts';
import { type HomeScan, reasonOf, scanGenesisHome } from './genesis-home-scan.ts';

const MAX_FILE_MIB = 4;
const CHUNK_BYTES = 64 * 1024;

/** Reads the platform's own files below `home`. Never rejects; problems are part of the result. */
export async function readGenesisHome(home: string, surroundings: HomeSurroundings): Promise<HomeReading> {
  return readScannedHome(await scanGenesisHome(home), surroundings);
}

/** Reads the files that a scan found: the merged files if there are any, else the source files. */
export async function readScannedHome(scan: HomeScan, surroundings: HomeSurroundings): Promise<HomeReading> {
  // Loaded on demand: an exporter without a Genesis home needs no XML library.
  const { failedReading, readHomeTexts } = await import('../genesis/home.ts');
  if (scan.problems.length > 0) return failedReading(scan.problems, hintsOf(scan.problems));
  const { processes, services, systemDefinition } = chooseHomeFiles(scan.files.map(({ path }) => path));
  if (processes.length === 0) {
    const message = 'expected generated/cfg/processes.xml, or a *-processes.xml in a cfg folder';
    return failedReading([`${scan.home}: ${message}`], ['no-genesis-files']);
  }
  const realPaths = new Map(scan.files.map(({ path, realPath }) => [path, realPath]));
  const problems: string[] = [];

  async function readTexts(paths: readonly string[]): Promise<readonly HomeText[]> {
    const texts: HomeText[] = [];
    for (const path of paths) {
      const shownPath = join(scan.home, path);
      const read = await readText(realPaths.get(path) ?? '');
      if (read.kind === 'text') texts.push({ path: shownPath, text: read.text });
      else problems.push(`${shownPath}: ${read.message}`);
    }
    return texts;
  }

  const processTexts = await readTexts(processes);
  const serviceTexts = await readTexts(services);
  const [definitionText] = await readTexts(systemDefinition === undefined ? [] : [systemDefinition]);
  if (problems.length > 0) return failedReading(problems, hintsOf(problems));
  const texts = { processes: processTexts, services: serviceTexts, systemDefinition: definitionText };
  return readHomeTexts(texts, surroundings);
}

/** What keeps files from being read is the file system, or it is told in full. */
function hintsOf(problems: readonly string[]): readonly Hint[] {
  return problems.some((problem) => problem.includes(': cannot be read: ')) ? ['file-unreadable'] : [];
}

type ReadText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failure'; readonly message: string };

async function readText(realPath: string): Promise<ReadText> {
  let handle: FileHandle | undefined;
  try {
    // A file that became a link or a pipe since the scan is not followed, and reading it does not wait.
    handle = await open(realPath, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (!(await handle.stat()).isFile()) return { kind: 'failure', message: 'is no regular file' };
    const bytes = await readBytes(handle);
    if (bytes === undefined) return { kind: 'failure', message: `is larger than ${MAX_FILE_MIB} MiB` };
    return { kind: 'text', text: new TextDecoder().decode(bytes) };
  } catch (error) {
    return { kind: 'failure', message: reasonOf(error) };
  } finally {
    await handle?.close();
  }
}

async function readBytes(handle: FileHandle): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  for (let size = 0; size <= MAX_FILE_MIB * 1024 * 1024; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES));
    if (bytesRead === 0) return Buffer.concat(chunks);
    size += bytesRead;
    chunks.push(buffer.subarray(0, bytesRead));
  }
  return undefined;
}
