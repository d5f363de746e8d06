import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
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
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasTool } from '../helpers/promtool.ts';

const WORK = mkdtempSync(join(tmpdir(), 'genesis-packages-'));
const OUTPUT = join(WORK, 'packages');
const NODE = 'opt/genesis-exporter/bin/node';
const MAX_BYTES = 60_000_000;

const canRun =
  ['dpkg-deb', 'rpmbuild', 'objdump'].map((tool) => hasTool(tool)).every(Boolean) && isX64();

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

  it('installs, upgrades and removes with dpkg: configuration and store stay, and purge takes them', () => {
    const root = join(WORK, 'debian');
    for (const folder of ['info', 'updates']) mkdirSync(join(root, 'var/lib/dpkg', folder), { recursive: true });
    writeFileSync(join(root, 'var/lib/dpkg/status'), '');
    const forces = ['--force-script-chrootless', '--force-depends', '--force-not-root'];
    const dpkg = (...args: readonly string[]) => run('dpkg', [`--root=${root}`, '--log=/dev/null', ...forces, ...args]);
    const [settings, store] = [
      'etc/genesis-exporter/genesis-exporter.env',
      'var/lib/genesis-exporter/genesis-exporter.db',
    ].map((path) => join(root, path));
    if (settings === undefined || store === undefined) throw new Error();
    dpkg('-i', fileOf('_amd64.deb'));
    expect(existsSync(join(root, NODE))).toBe(true);
    appendFileSync(settings, '# changed\n');
    mkdirSync(join(root, 'var/lib/genesis-exporter'), { recursive: true });
    writeFileSync(store, 'history');
    dpkg('-i', fileOf('_amd64.deb'));
    expect(readFileSync(settings, 'utf8')).toMatch(/# changed\n$/);
    dpkg('-r', 'genesis-exporter');
    expect([NODE, settings, store].map((path) => existsSync(path.startsWith('/') ? path : join(root, path)))).toEqual([
      false,
      true,
      true,
    ]);
    dpkg('-P', 'genesis-exporter');
    expect([settings, store].map((path) => existsSync(path))).toEqual([false, false]);
  });

  it('has an .rpm that unpacks to the same, with a configuration that it does not replace', () => {
    const root = join(WORK, 'rpm');
    mkdirSync(root);
    run('rpm', [`--root=${root}`, '-i', '--nodeps', '--noscripts', fileOf('.x86_64.rpm')]);
    expect(existsSync(join(root, NODE))).toBe(true);
    expect(run('rpm', ['-qp', '--configfiles', fileOf('.x86_64.rpm')]).trim()).toBe(
      '/etc/genesis-exporter/genesis-exporter.env',
    );
  });
});
