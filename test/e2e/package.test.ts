import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { poll } from '../helpers/exporter-process.ts';
import { readHealth } from '../helpers/reading.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const MANIFEST = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
// Most of it are the packages that are bundled.
const MAX_SIZE_BYTES = 1_200_000;

let folder: string;
let tarball: string;
let packed: { readonly size: number; readonly files: readonly { readonly path: string; readonly mode: number }[] };

/** Without this project's own settings, which npm hands down by the environment: a stranger has none of them. */
function strangersEnv(): NodeJS.ProcessEnv {
  const inherited = ['npm_config_engine_strict', 'npm_config_local_prefix', 'npm_config_package', 'INIT_CWD'];
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.includes(name)));
}

function npm(args: readonly string[], cwd: string): string {
  const { stdout, stderr, status } = spawnSync('npm', args, { cwd, env: strangersEnv(), encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'genesis-exporter-package-'));
  const [result] = JSON.parse(npm(['pack', '--json', `--pack-destination=${folder}`], ROOT));
  packed = result;
  tarball = join(folder, result.filename);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the package holds the program, its schema and what tells of it, and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      ...['dist/main.js', 'dist/THIRD_PARTY_LICENSES.txt', 'package.json', 'docs/config.schema.json'],
      ...['LICENSE', 'README.md', 'CHANGELOG.md'],
    ]),
  );
  expect(
    paths.filter(
      (path) =>
        !/^(?:dist\/.*\.(?:js|css)|dist\/THIRD_PARTY_LICENSES\.txt|docs\/config\.schema\.json|package\.json|[A-Z]+(?:\.md)?)$/.test(
          path,
        ),
    ),
  ).toEqual([]);
  expect(packed.size).toBeLessThan(MAX_SIZE_BYTES);
});

it('the package runs by npx from its tarball, in a folder where nothing else is', () => {
  const args = ['exec', '--yes', '--prefer-offline', `--package=${tarball}`, '--', 'genesis-exporter'];
  expect(npm([...args, '--version'], folder)).toBe(`${MANIFEST.version}\n`);
});

it('the package serves once it is installed, as on a plain host', async () => {
  npm(['install', '--global', '--prefer-offline', `--prefix=${folder}/opt`, tarball], folder);
  const args = ['demo', '--web.listen-address=127.0.0.1:0', '--log.format=json'];
  const child = spawn(`${folder}/opt/bin/genesis-exporter`, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const url = await poll(async () => /(http:\/\/\S+)\/health\/status {3}/.exec(output)?.[1]);
  await poll(async () => ((await readHealth(url)).rows.length === 8 ? true : undefined));
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
