import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readGenesisHome } from '../../src/discovery/genesis-home.ts';
import { scanGenesisHome } from '../../src/discovery/genesis-home-scan.ts';
import type { DeclaredProcess } from '../../src/domain/node.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'genesis-home-')));
afterAll(() => rmSync(folder, { recursive: true }));

let homes = 0;

/** A home with these files. */
function makeHome(files: Readonly<Record<string, string>>): string {
  const home = join(folder, `home-${homes++}`);
  mkdirSync(home);
  for (const [path, text] of Object.entries(files)) put(join(home, path), text);
  return home;
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function processes(...names: readonly string[]): string {
  return `<processes>${names.map((name) => `<process name="${name}"/>`).join('')}</processes>`;
}

function read(home: string, env: Readonly<Record<string, string>> = {}, hostName = 'here') {
  return readGenesisHome(home, { env: new Map(Object.entries(env)), hostName });
}

async function namesIn(home: string): Promise<readonly string[]> {
  const { isSuccessful, problems, processes: declared } = await read(home);
  expect(problems).toEqual([]);
  expect(isSuccessful).toBe(true);
  return declared.map(({ name }) => name);
}

async function problemsOf(home: string): Promise<readonly string[]> {
  const { problems, hints: _, ...rest } = await read(home);
  expect(rest).toEqual({ isSuccessful: false, processes: [], healthPort: undefined });
  return problems.map((problem) => problem.replaceAll(folder, ''));
}

/** A declared process in short: name, host and port, group, and what else is so. */
function inShort({ name, host, port, group, tls, expected, external, primaryOnly }: DeclaredProcess): string {
  const words = { tls, expected, external, primaryOnly };
  const shown = Object.entries(words).flatMap(([word, isSo]) => (isSo ? [word] : []));
  return [name, `${host ?? ''}:${port ?? ''}`, group, ...shown].join(' ').replace('  ', ' ');
}

async function fixture(name: string, env: Readonly<Record<string, string>> = {}, hostName = 'here') {
  const home = fileURLToPath(new URL(`../fixtures/genesis-home/${name}`, import.meta.url));
  const { isSuccessful, problems, processes: declared, healthPort } = await read(home, env, hostName);
  expect({ isSuccessful, problems }).toEqual({ isSuccessful: true, problems: [] });
  return { declared: declared.map(inShort), healthPort };
}

const INSTALLED = [
  'GENESIS_CLUSTER :9000 GENESIS expected',
  'GENESIS_ROUTER :9017 GENESIS tls expected',
  'GENESIS_EVALUATOR :9015 GENESIS primaryOnly',
  'GENESIS_AUTH_PERMS :8003 AUTH',
  'GENESIS_AUTH_CONSOLIDATOR :8005 AUTH expected primaryOnly',
  'TRADING_PRICES prices.example:11002 external',
  'TRADING_EVENT_HANDLER events.example:11001 TRADING expected',
];

describe('readGenesisHome', () => {
  it('reads the merged files of an installed home, and no source file beside them', async () => {
    expect(await fixture('installed')).toEqual({ declared: INSTALLED, healthPort: 4569 });
  });

  it('applies what the system definition says for one host', async () => {
    const declared = INSTALLED.map((line) => line.replace('GENESIS primaryOnly', 'GENESIS expected primaryOnly'));
    expect(await fixture('installed', {}, 'uat-2.example')).toEqual({ declared, healthPort: 14569 });
    expect((await fixture('installed', {}, 'uat-1.example')).healthPort).toBe(24569);
  });

  it('applies the environment', async () => {
    const env = {
      GENESIS_CLUSTER_PORT: '19000',
      GENESIS_SYSDEF_DaemonHealthPort: '5000',
      GENESIS_SYSDEF_GENESIS_ROUTER_PROCESS_START: 'false',
      GENESIS_SYSDEF_GENESIS_AUTH_PERMS_PROCESS_START: 'true',
    };
    const { declared, healthPort } = await fixture('installed', env);
    expect(healthPort).toBe(5000);
    expect([declared[0], declared[1], declared[3]]).toEqual([
      'GENESIS_CLUSTER :19000 GENESIS expected',
      'GENESIS_ROUTER :9017 GENESIS tls',
      'GENESIS_AUTH_PERMS :8003 AUTH expected',
    ]);
  });

  it('reads the project of a new application', async () => {
    const declared = ['TRADING_MANAGER :9700 TRADING expected'];
    expect(await fixture('new-template')).toEqual({ declared, healthPort: 4570 });
  });

  it('reads the project of an older application, where site-specific files replace others', async () => {
    const declared = [
      'GENESIS_ROUTER :11004 GENESIS tls expected',
      'GENESIS_WEBMON : GENESIS',
      'TRADING_DATASERVER :11000 TRADING expected',
    ];
    expect(await fixture('old-template')).toEqual({ declared, healthPort: undefined });
  });

  it('reads compact processes, which need no service of their name', async () => {
    const declared = ['GENESIS_COMPACT_PROCESS : GENESIS expected', 'TRADING_COMPACT_PROCESS :11000 TRADING expected'];
    expect(await fixture('compact')).toEqual({ declared, healthPort: undefined });
  });

  it('reads bytes that are no UTF-8 as far as they go', async () => {
    const home = makeHome({});
    mkdirSync(join(home, 'cfg'));
    writeFileSync(join(home, 'cfg/a-processes.xml'), Buffer.from(`<!-- J\u00f6rg -->${processes('A')}`, 'latin1'));
    expect(await namesIn(home)).toEqual(['A']);
  });

  it('searches no folder of things that are written or built', async () => {
    const strange = ['node_modules', '.git', 'runtime', 'logs', 'build', 'bin', 'lib'];
    const files = strange.map((name) => [`${name}/cfg/${name}-processes.xml`, processes(name)]);
    expect(await namesIn(makeHome({ 'a/cfg/a-processes.xml': processes('A'), ...Object.fromEntries(files) }))).toEqual([
      'A',
    ]);
  });

  it('searches twelve folders deep and no deeper', async () => {
    const eleven = 'd/'.repeat(11);
    const home = makeHome({
      [`${eleven}cfg/a-processes.xml`]: processes('A'),
      [`${eleven}d/cfg/b-processes.xml`]: processes('B'),
    });
    expect(await namesIn(home)).toEqual(['A']);
  });

  it('says where a file is malformed', async () => {
    const home = makeHome({ 'generated/cfg/processes.xml': '<processes>\n  <process name="A">\n' });
    const place = `${home.replace(folder, '')}/generated/cfg/processes.xml:3:1`;
    expect(await problemsOf(home)).toEqual([`${place}: not XML: expected </process> before the end`]);
  });

  it('refuses a home that is not there', async () => {
    expect(await problemsOf(join(folder, 'none'))).toEqual(['/none: cannot be read: no such file or folder (ENOENT)']);
  });

  it('refuses a home that is a file', async () => {
    put(join(folder, 'plain'), '');
    expect(await problemsOf(join(folder, 'plain'))).toEqual(['/plain: cannot be read: it is no folder (ENOTDIR)']);
  });

  it('refuses a path that no folder can have', async () => {
    expect(await problemsOf('a\0b')).toEqual(['a\0b: cannot be read: ERR_INVALID_ARG_VALUE']);
  });

  it('refuses a home without a processes file', async () => {
    const home = makeHome({ 'a/cfg/a-service-definitions.xml': '<configuration/>' });
    const expected = 'expected generated/cfg/processes.xml, or a *-processes.xml in a cfg folder';
    expect(await problemsOf(home)).toEqual([`${home.replace(folder, '')}: ${expected}`]);
  });

  it.each([
    [4 * 1024 * 1024, []],
    [4 * 1024 * 1024 + 1, ['is larger than 4 MiB']],
  ])('of a file of %i bytes says %j', async (size, problems) => {
    const home = makeHome({ 'cfg/a-processes.xml': processes('A').padEnd(size) });
    const found = (await read(home)).problems.map((problem) => problem.replace(/^.*\.xml: /, ''));
    expect(found).toEqual(problems);
  });

  it('refuses a pipe without waiting for it', async () => {
    const home = makeHome({ 'cfg/a-processes.xml': processes('A') });
    execFileSync('mkfifo', [join(home, 'cfg/b-processes.xml')]);
    const [problem] = await problemsOf(home);
    expect(problem).toMatch(/b-processes\.xml: is no regular file$/);
  });

  it('takes no folder for a file', async () => {
    const home = makeHome({
      'cfg/a-processes.xml': processes('A'),
      'cfg/b-processes.xml/cfg/c-processes.xml': processes('C'),
    });
    expect(await namesIn(home)).toEqual(['A', 'C']);
  });

  it.runIf(process.getuid?.() !== 0)('refuses what it may not read', async () => {
    const home = makeHome({ 'cfg/a-processes.xml': processes('A'), 'site-specific/cfg/x': '' });
    chmodSync(join(home, 'cfg/a-processes.xml'), 0o000);
    expect((await problemsOf(home))[0]).toMatch(/a-processes\.xml: cannot be read: permission denied \(EACCES\)$/);
    chmodSync(join(home, 'site-specific/cfg'), 0o000);
    expect((await problemsOf(home))[0]).toMatch(/site-specific\/cfg: cannot be read: permission denied \(EACCES\)$/);
    chmodSync(join(home, 'site-specific/cfg'), 0o700);
  });
});

describe('links in a Genesis home', () => {
  const outside = makeHome({
    'cfg/secret-processes.xml': processes('SECRET'),
    'x/cfg/b-processes.xml': processes('B'),
  });

  it('are followed inside it: a home behind a link, a release behind a link, a file in a mounted folder', async () => {
    const home = makeHome({
      'releases/2/site-specific/cfg/a-processes.xml': processes('NEW'),
      'cfg/..data/b-processes.xml': processes('B'),
      'cfg/a-processes.xml': processes('OLD'),
    });
    symlinkSync('releases/2/site-specific', join(home, 'site-specific'));
    symlinkSync('..data/b-processes.xml', join(home, 'cfg/b-processes.xml'));
    const link = `${home}-link`;
    symlinkSync(home, link);
    expect(await namesIn(link)).toEqual(['NEW', 'B']);
  });

  it('may lead in circles', async () => {
    const home = makeHome({ 'cfg/a-processes.xml': processes('A') });
    symlinkSync('.', join(home, 'site-specific'));
    symlinkSync('.', join(home, 'cfg/cfg'));
    symlinkSync('..', join(home, 'cfg/up'));
    symlinkSync('loop', join(home, 'loop'));
    expect(await namesIn(home)).toEqual(['A']);
    expect((await scanGenesisHome(home)).files.map(({ path }) => path)).toEqual(['cfg/a-processes.xml']);
  });

  it('are named when they lead out of it with a file that would be read', async () => {
    const home = makeHome({ 'cfg/a-processes.xml': processes('A') });
    symlinkSync(join(outside, 'cfg/secret-processes.xml'), join(home, 'cfg/b-processes.xml'));
    expect(await problemsOf(home)).toEqual([
      `${home.replace(folder, '')}/cfg/b-processes.xml: leads out of the Genesis home`,
    ]);
  });

  it('are named when they lead out of it with a folder of configuration, even to a neighbour of a similar name', async () => {
    const home = makeHome({ 'cfg/a-processes.xml': processes('A') });
    const neighbour = `${home}-neighbour`;
    put(join(neighbour, 'cfg/b-processes.xml'), processes('B'));
    symlinkSync(neighbour, join(home, 'site-specific'));
    expect(await problemsOf(home)).toEqual([
      `${home.replace(folder, '')}/site-specific: leads out of the Genesis home`,
    ]);
  });

  it('are passed over when they lead out of it with any other folder', async () => {
    const home = makeHome({ 'cfg/a-processes.xml': processes('A') });
    symlinkSync(join(outside, 'x'), join(home, 'x'));
    expect(await namesIn(home)).toEqual(['A']);
  });

  it('are named when they lead nowhere', async () => {
    const home = makeHome({ 'cfg/a-processes.xml': processes('A') });
    symlinkSync('nowhere', join(home, 'cfg/b-processes.xml'));
    symlinkSync('nowhere', join(home, 'other'));
    expect(await problemsOf(home)).toEqual([
      `${home.replace(folder, '')}/cfg/b-processes.xml: cannot be read: no such file or folder (ENOENT)`,
    ]);
  });
});

describe('scanGenesisHome', () => {
  const home = makeHome({ 'a/cfg/a-processes.xml': '', 'b/cfg/b-processes.xml': '', 'c/cfg/c-processes.xml': '' });

  it.each([
    [{ maxFiles: 3, maxFolders: 7, maxDepth: 2 }, 3, []],
    [{ maxFiles: 2, maxFolders: 7, maxDepth: 2 }, 3, ['has more than 2 configuration files']],
    [{ maxFiles: 3, maxFolders: 6, maxDepth: 2 }, 0, ['has more than 6 folders']],
    [{ maxFiles: 3, maxFolders: 7, maxDepth: 1 }, 0, []],
  ])('within %j finds %i files', async (limits, count, problems) => {
    const scan = await scanGenesisHome(home, limits);
    expect(scan.problems).toEqual(problems.map((problem) => `${home}: ${problem}`));
    expect(scan.files).toHaveLength(count);
  });

  it('gives another fingerprint when a file has changed, even to another of its size', async () => {
    const before = await scanGenesisHome(home);
    expect((await scanGenesisHome(home)).fingerprint).toBe(before.fingerprint);
    writeFileSync(join(home, 'a/cfg/new'), '');
    execFileSync('mv', [join(home, 'a/cfg/new'), join(home, 'a/cfg/a-processes.xml')]);
    expect((await scanGenesisHome(home)).fingerprint).not.toBe(before.fingerprint);
  });
});
