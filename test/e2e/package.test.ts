import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Packed, pack, runNpm } from '../helpers/package.ts';

const MANIFEST = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const MAX_SIZE_BYTES = 1_200_000;

let folder: string;
let packed: Packed;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'genesis-exporter-package-'));
  packed = pack(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the package holds the program, its schema and what tells of it, and nothing else', () => {
  const { paths, sizeBytes } = packed;
  const licenses = 'dist/THIRD_PARTY_LICENSES.txt';
  const texts = ['README.md', 'CHANGELOG.md', 'LICENSE', licenses];
  expect(paths).toEqual(expect.arrayContaining(['dist/main.js', 'package.json', 'docs/config.schema.json', ...texts]));
  const expected = /^(?:dist\/.*\.(?:js|css)|docs\/config\.schema\.json|package\.json|[A-Z]+(?:\.md)?)$/;
  expect(paths.filter((path) => !expected.test(path))).toEqual([licenses]);
  console.info(`package: ${Math.round(sizeBytes / 1000)} kB`);
  expect(sizeBytes).toBeLessThan(MAX_SIZE_BYTES);
});

it('the package runs by npx from its tarball, in a folder where nothing else is', () => {
  const args = ['exec', '--yes', '--prefer-offline', `--package=${packed.tarball}`, '--', 'genesis-exporter'];
  expect(runNpm([...args, '--version'], folder)).toBe(`${MANIFEST.version}\n`);
});
