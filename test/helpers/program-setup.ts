import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { install, pack, runNpm } from './package.ts';
import { IMAGE } from './podman.ts';
import { leftOut, ORIGIN } from './under-test.ts';

const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

declare module 'vitest' {
  interface ProvidedContext {
    /** What starts the program under test; nothing when it is in a container. */
    readonly commandLine: readonly string[];
  }
}

/** Makes the program under test once before all tests, and says what of the suite it is spared; gives what undoes it. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'genesis-exporter-program-'));
  project.provide('commandLine', commandLine(folder));
  for (const [file, reason] of leftOut()) console.info(`not from the ${ORIGIN}: ${file} (${reason})`);
  return () => rmSync(folder, { recursive: true, force: true });
}

function commandLine(folder: string): readonly string[] {
  if (ORIGIN === 'image') {
    if (IMAGE === '') throw new Error('GENESIS_EXPORTER_IMAGE names no image (.ci/image makes one)');
    return [];
  }
  runNpm(['run', '--silent', 'build'], PROJECT_ROOT);
  return ORIGIN === 'build'
    ? [process.execPath, `${PROJECT_ROOT}dist/main.js`]
    : [install(pack(folder).tarball, folder)];
}
