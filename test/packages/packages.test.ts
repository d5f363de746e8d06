import { type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasTool } from '../helpers/promtool.ts';

const WORK = mkdtempSync(join(tmpdir(), 'genesis-packages-'));
const OUTPUT = join(WORK, 'packages');
const MAX_BYTES = 60_000_000;

const canRun = ['dpkg-deb', 'rpmbuild', 'objdump'].map((tool) => hasTool(tool)).every(Boolean) && isX64();

/** The tests start what is made for x64. */
function isX64(): boolean {
  if (process.arch !== 'x64') console.warn(`skipped: this machine is ${process.arch}`);
  return process.arch === 'x64';
}

function run(command: string, args: readonly string[], options: SpawnSyncOptions = {}): string {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return String(stdout);
}

function fileOf(ending: string): string {
  const found = readdirSync(OUTPUT).find((name) => name.endsWith(ending));
  if (found === undefined) throw new Error(`no ${ending} among ${readdirSync(OUTPUT).join(', ')}`);
  return join(OUTPUT, found);
}

/** Files below a folder that are programs or libraries. */
function binariesOf(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.node') || name === 'bin/node').map((name) => join(folder, name));
}

function unpack(arch: string): string {
  const folder = join(WORK, arch);
  mkdirSync(folder);
  run('tar', ['-xzf', fileOf(`linux-${arch}.tar.gz`), '--strip-components=1', '-C', folder]);
  return folder;
}

describe.skipIf(!canRun)('npm run package', () => {
  beforeAll(() => {
    run('npm', ['run', '--silent', 'build']);
    run(process.execPath, ['deploy/package/main.mjs', OUTPUT]);
  }, 600_000);
  afterAll(() => rmSync(WORK, { recursive: true, force: true }));

  it('makes an archive, a .deb and an .rpm for both architectures, with their hashes, none too large', () => {
    const names = readdirSync(OUTPUT).filter((name) => name !== 'SHA256SUMS');
    expect(names).toHaveLength(6);
    run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: OUTPUT });
    for (const name of names) expect(statSync(join(OUTPUT, name)).size, name).toBeLessThan(MAX_BYTES);
  });

  it.each([
    ['x64', 62],
    ['arm64', 183],
  ])('has binaries for %s that need no glibc above 2.28', (arch, machine) => {
    const binaries = binariesOf(unpack(arch));
    expect(binaries).toHaveLength(3);
    for (const file of binaries) {
      // e_machine of the ELF header.
      expect([file, readFileSync(file).readUInt16LE(18)]).toEqual([file, machine]);
      const versions = [...run('objdump', ['-T', file], { maxBuffer: 2 ** 28 }).matchAll(/GLIBC_2\.(\d+)/g)].map(
        ([, minor]) => Number(minor),
      );
      expect(Math.max(0, ...versions), file).toBeLessThanOrEqual(28);
    }
  });

  it('runs from the archive with nothing in its environment', () => {
    const program = join(WORK, 'x64/bin/genesis-exporter');
    const { stdout, status } = spawnSync(program, ['check', 'http://127.0.0.1:1/'], { env: {}, encoding: 'utf8' });
    expect([status, stdout]).toEqual([3, expect.stringContaining('127.0.0.1:1 refuses connections')]);
    const list = JSON.parse(readFileSync(join(WORK, 'x64/sbom.cdx.json'), 'utf8'));
    const names = list.components.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['node', 'libsql', 'fastify', 'undici']));
    expect(readFileSync(join(WORK, 'x64/NODE_LICENSE.txt'), 'utf8')).toMatch(/^Node\.js 24\.\d+\.\d+ \(MIT\)/);
  });

  it('installs, upgrades and removes with dpkg: configuration and store stay, and purge takes them', async () => {
    const root = join(WORK, 'debian');
    for (const folder of ['info', 'updates']) mkdirSync(join(root, 'var/lib/dpkg', folder), { recursive: true });
    writeFileSync(join(root, 'var/lib/dpkg/status'), '');
    const forces = ['--force-script-chrootless', '--force-depends', '--force-not-root'];
    const dpkg = (...args: readonly string[]) => run('dpkg', [`--root=${root}`, '--log=/dev/null', ...forces, ...args]);
    dpkg('-i', olderDeb());
    const host = await useOlder(root);
    dpkg('-i', fileOf('_amd64.deb'));
    expectUpgraded(host);
    expect(existsSync(`${host.settings}.dpkg-dist`)).toBe(false);
    dpkg('-r', 'genesis-exporter');
    expect([host.program, host.settings, host.store].map((path) => existsSync(path))).toEqual([false, true, true]);
    dpkg('-P', 'genesis-exporter');
    expect([host.settings, host.store].map((path) => existsSync(path))).toEqual([false, false]);
  });

  it('installs, upgrades and removes with rpm: configuration and store stay', async () => {
    const root = join(WORK, 'rpm');
    mkdirSync(root);
    // Scripts of an .rpm run inside the root, which has no shell here.
    const rpm = (...args: readonly string[]) => run('rpm', [`--root=${root}`, '--nodeps', '--noscripts', ...args]);
    rpm('-i', olderRpm());
    const host = await useOlder(root);
    rpm('-U', fileOf('.x86_64.rpm'));
    expectUpgraded(host);
    rpm('-e', 'genesis-exporter');
    expect([host.program, host.settings, host.store].map((path) => existsSync(path))).toEqual([false, false, true]);
    expect(readFileSync(`${host.settings}.rpmsave`, 'utf8')).toContain(CHANGE);
  });
});

const CHANGE = '# changed by the operator\n';
const OLDER = 'opt/genesis-exporter/only-in-the-older-version';

/** The files of the current package with one more, to be packed as an older version. */
function olderTree(): string {
  const tree = join(WORK, 'older');
  if (existsSync(tree)) return tree;
  run('dpkg-deb', ['-x', fileOf('_amd64.deb'), tree]);
  writeFileSync(join(tree, OLDER), '');
  return tree;
}

function olderDeb(): string {
  const control = join(olderTree(), 'DEBIAN');
  run('dpkg-deb', ['-e', fileOf('_amd64.deb'), control]);
  const file = join(control, 'control');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^Version: .*$/m, 'Version: 0.0.1'));
  run('dpkg-deb', ['--root-owner-group', '-Znone', '--build', olderTree(), join(WORK, 'older.deb')]);
  rmSync(control, { recursive: true });
  return join(WORK, 'older.deb');
}

function olderRpm(): string {
  const folder = join(WORK, 'older-rpm');
  const settings = { _topdir: folder, _rpmdir: folder, tree: olderTree(), package_version: '0.0.1' };
  const defines = Object.entries(settings).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  run('rpmbuild', ['-bb', '--quiet', '--target=x86_64-linux', ...defines, 'deploy/package/genesis-exporter.spec']);
  return join(folder, 'genesis-exporter-0.0.1-1.x86_64.rpm');
}

/** A host on which a package is installed. */
interface Host {
  readonly root: string;
  readonly program: string;
  readonly settings: string;
  readonly store: string;
}

/** Changes the configuration, and lets the installed program keep a memory. */
async function useOlder(root: string): Promise<Host> {
  const folder = join(root, 'var/lib/genesis-exporter');
  const host = {
    root,
    program: join(root, 'opt/genesis-exporter/bin/genesis-exporter'),
    settings: join(root, 'etc/genesis-exporter/genesis-exporter.env'),
    store: join(folder, 'genesis-exporter.db'),
  };
  expect(existsSync(join(root, OLDER))).toBe(true);
  expect(readFileSync(join(root, 'usr/lib/systemd/system/genesis-exporter.service'), 'utf8')).toBe(
    readFileSync('deploy/systemd/genesis-exporter.service', 'utf8'),
  );
  appendFileSync(host.settings, CHANGE);
  mkdirSync(folder, { recursive: true });
  const flags = [
    '--genesis.health-url=http://127.0.0.1:1/',
    '--web.listen-address=127.0.0.1:0',
    `--storage.path=${folder}`,
  ];
  const exporter = spawn(host.program, flags, { env: {}, stdio: 'ignore' });
  const ended = once(exporter, 'exit');
  await expect.poll(() => historyOf(host), { timeout: 20_000 }).toContain('probe_failures');
  exporter.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  return host;
}

function historyOf({ program, store }: Host): string {
  const args = ['history', `--storage.path=${dirname(store)}`, '--output=json'];
  return String(spawnSync(program, args, { env: {}, encoding: 'utf8' }).stdout);
}

/** The older file is gone, the operator's change and the memory are still there, and the new program reads it. */
function expectUpgraded(host: Host): void {
  expect(existsSync(join(host.root, OLDER))).toBe(false);
  expect(readFileSync(host.settings, 'utf8')).toContain(CHANGE);
  expect(historyOf(host)).toContain('probe_failures');
}
