import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { install, pack, runNpm, unpackArchive } from './package.ts';
import { IMAGE } from './podman.ts';
import { leftOut, ORIGIN } from './under-test.ts';

const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

declare module 'vitest' {
  interface ProvidedContext {
    /** What starts the program under test; nothing when it is in a container. */
    readonly commandLine: readonly string[];
    /** The folder of the program's own files; nothing when it is in a container. */
    readonly programFolder: string;
  }
}

/** Makes the program under test once before all tests, and says what of the suite it is spared; gives what undoes it. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'genesis-exporter-program-'));
  const made = makeProgram(folder);
  project.provide('commandLine', made.commandLine);
  project.provide('programFolder', made.programFolder);
  for (const [file, reason] of leftOut()) console.info(`not from the ${ORIGIN}: ${file} (${reason})`);
  return () => rmSync(folder, { recursive: true, force: true });
}

function makeProgram(folder: string) {
  if (ORIGIN === 'image') {
    if (IMAGE === '') throw new Error('GENESIS_EXPORTER_IMAGE names no image (.ci/image makes one)');
    return { commandLine: [], programFolder: '' };
  }
  runNpm(['run', '--silent', 'build'], PROJECT_ROOT);
  if (ORIGIN === 'build') {
    const programFolder = join(PROJECT_ROOT, 'dist');
    return { commandLine: [process.execPath, join(programFolder, 'main.js')], programFolder };
  }
  if (ORIGIN === 'archive') {
    const home = unpackArchive(folder);
    // Whatever a test has on its PATH, the program of the archive finds nothing there.
    const commandLine = ['/usr/bin/env', 'PATH=', join(home, 'bin/genesis-exporter')];
    return { commandLine, programFolder: join(home, 'dist') };
  }
  const program = install(pack(folder).tarball, folder);
  return { commandLine: [program], programFolder: dirname(realpathSync(program)) };
}
