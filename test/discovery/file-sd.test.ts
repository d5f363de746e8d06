import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchFileSd } from '../../src/discovery/file-sd.ts';
import { until } from '../helpers/servers.ts';
import { createRecorder, problemsIn } from './recorder.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'file-sd-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function group(...targets: readonly string[]): string {
  return JSON.stringify([{ targets }]);
}

/** A source over files of a folder, and what it tells; a long interval leaves noticing changes to the watch. */
function watching(folder: string, files: readonly string[], refreshIntervalMs = 60_000) {
  const recorder = createRecorder();
  const paths = files.map((file) => join(folder, file));
  const source = watchFileSd({ source: 'file_sd/0', files: paths, refreshIntervalMs }, recorder.deps);
  onTestFinished(() => source.close());
  return { ...recorder, source };
}

describe('files with targets', () => {
  it('are read in JSON and YAML, each once, in the order of patterns and names', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'b.yml'), '- targets: ["b:1"]\n  labels: {site: london}\n');
    await writeFile(join(folder, 'a.yml'), '- targets: ["a:1", "a:2"]\n');
    await writeFile(join(folder, 'c.JSON'), group('c:1'));
    await writeFile(join(folder, '.hidden.yml'), 'no list');
    const { source, changes, refreshes } = watching(folder, ['c.JSON', '*.yml', 'b.yml']);
    await source.ready;
    expect(changes).toMatchObject([{ source: 'file_sd/0', addresses: ['c:1', 'a:1', 'a:2', 'b:1'] }]);
    expect(changes[0]?.targets[3]?.labels).toEqual(new Map([['site', 'london']]));
    expect(refreshes).toEqual([true]);
  });

  it.each(['*.yml', 'none.yml', 'none/a.json', 'none/*.json'])('may be none: %s', async (file) => {
    const { source, changes, refreshes } = watching(await aFolder(), [file]);
    await source.ready;
    expect(changes).toMatchObject([{ addresses: [] }]);
    expect(refreshes).toEqual([true]);
  });

  it('are read again as soon as they change, come or go', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'a.json'), group('a:1'));
    const { source, last } = watching(folder, ['*.json']);
    await source.ready;
    await writeFile(join(folder, 'a.json'), group('a:2'));
    await until(() => last()?.join() === 'a:2');
    await writeFile(join(folder, 'b.json'), group('b:1'));
    await until(() => last()?.join() === 'a:2,b:1');
    await rm(join(folder, 'a.json'));
    await until(() => last()?.join() === 'b:1');
    expect(last()).toEqual(['b:1']);
  });

  it('are told of only when their targets have changed', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'a.json'), group('a:1'));
    const { source, changes, refreshes } = watching(folder, ['*.json']);
    await source.ready;
    await writeFile(join(folder, 'a.json'), `${group('a:1')}\n`);
    await until(() => refreshes.length > 1);
    expect(changes).toHaveLength(1);
  });

  it('may be links that are swapped, as in a mounted ConfigMap', async () => {
    const folder = await aFolder();
    for (const version of ['1', '2']) {
      await mkdir(join(folder, `..${version}`));
      await writeFile(join(folder, `..${version}`, 'nodes.yml'), `- targets: ["v:${version}"]`);
    }
    await symlink('..1', join(folder, '..data'));
    await symlink('..data/nodes.yml', join(folder, 'nodes.yml'));
    const { source, last } = watching(folder, ['*.yml']);
    await source.ready;
    expect(last()).toEqual(['v:1']);
    await symlink('..2', join(folder, '..tmp'));
    await rename(join(folder, '..tmp'), join(folder, '..data'));
    await until(() => last()?.join() === 'v:2');
    expect(last()).toEqual(['v:2']);
  });

  it('are found by the interval where the folder is made later or nothing tells of a change', async () => {
    const folder = await aFolder();
    const { source, last } = watching(folder, ['later/*.yml'], 400);
    await source.ready;
    expect(last()).toEqual([]);
    await mkdir(join(folder, 'later'));
    await writeFile(join(folder, 'later', 'a.yml'), '- targets: ["a:1"]');
    await until(() => last()?.join() === 'a:1');
    expect(last()).toEqual(['a:1']);
  });

  it('in a folder that is replaced are read from the new one', async () => {
    const folder = await aFolder();
    for (const name of ['now', 'next']) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'a.json'), group(`${name}:1`));
    }
    const { source, last } = watching(folder, ['now/*.json']);
    await source.ready;
    await rename(join(folder, 'now'), join(folder, 'old'));
    await rename(join(folder, 'next'), join(folder, 'now'));
    await until(() => last()?.join() === 'next:1');
    await writeFile(join(folder, 'now', 'a.json'), group('again:1'));
    await until(() => last()?.join() === 'again:1');
    expect(last()).toEqual(['again:1']);
  });
});

describe('a bad file', () => {
  it('keeps its last good targets, beside those of the others that change', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'a.yml'), '- targets: ["a:1"]');
    await writeFile(join(folder, 'b.yml'), '- targets: ["b:1"]');
    const { source, last, refreshes, log } = watching(folder, ['*.yml']);
    await source.ready;
    await writeFile(join(folder, 'a.yml'), '- targets: "a:2"');
    await until(() => refreshes.includes(false));
    await writeFile(join(folder, 'b.yml'), '- targets: ["b:2"]');
    await until(() => last()?.join() === 'a:1,b:2');
    expect(refreshes.at(-1)).toBe(false);
    await writeFile(join(folder, 'a.yml'), '- targets: ["a:3"]');
    await until(() => last()?.join() === 'a:3,b:2');
    expect(refreshes.at(-1)).toBe(true);
    const path = join(folder, 'a.yml');
    expect(problemsIn(log)).toEqual([[`${path}:1:12: [0].targets: expected a list, got "a:2"`]]);
    expect(log.lines.map(({ message }) => message)).toContain('discovery refresh succeeded again');
  });

  it('that is gone then has no targets any more', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'a.json'), group('a:1'));
    const { source, last, refreshes } = watching(folder, ['a.json']);
    await source.ready;
    await writeFile(join(folder, 'a.json'), '[');
    await until(() => refreshes.includes(false));
    expect(last()).toEqual(['a:1']);
    await rm(join(folder, 'a.json'));
    await until(() => last()?.length === 0);
    expect(refreshes.at(-1)).toBe(true);
  });

  it('alone at the start is no list at all, not an empty one', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'a.json'), '{}');
    const { source, changes, refreshes } = watching(folder, ['*.json']);
    await source.ready;
    expect(changes).toEqual([]);
    expect(refreshes).toEqual([false]);
  });

  it.each<[string, string | Buffer, string]>([
    ['a.yml', '', ': expected a list, got nothing; [] says that there are no targets'],
    ['a.json', ' \n', ': expected a list, got nothing; [] says that there are no targets'],
    ['a.json', '[{]', ': JSON with a mistake in line 1, column 3'],
    [
      'a.json',
      '[{"targets": ["a:1"]},\n {"targets": [b:1]}]',
      ': JSON with a mistake in line 2, column 15: unexpected "b"',
    ],
    ['a.json', '[{"targets": ["a:1"]},\n {"targets": ["b', ': JSON that is cut short'],
    ['a.json', 'targets: [a]', ': not valid JSON'],
    [
      'a.json',
      '[\n<<<<<<< HEAD\n{"targets": ["a:1"]}\n=======\n]',
      ': not valid JSON; it looks like a merge conflict that nobody has resolved',
    ],
    ['a.json', '{"targets": ["a:1"]}\n{"targets": ["b:1"]}\n', ': 2 lines of JSON; target groups are one array'],
    ['a.json', '[{"target":[]}]', ': [0].target: unknown key; did you mean targets?'],
    ['a.yml', '- target: []', ':1:3: [0].target: unknown key; did you mean targets?'],
    ['a.yml', Buffer.from('- targets: [caf\u00e9]', 'latin1'), ': expected text in UTF-8'],
    ['a.json', `["${'x'.repeat(8 * 1024 ** 2)}"]`, ': expected at most 8MiB'],
  ])('is told of: %s (%#)', async (name, content, problem) => {
    const folder = await aFolder();
    await writeFile(join(folder, name), content);
    const { source, log } = watching(folder, [name]);
    await source.ready;
    expect(problemsIn(log)).toEqual([[`${join(folder, name)}${problem}`]]);
  });

  it('may be a folder', async () => {
    const folder = await aFolder();
    await mkdir(join(folder, 'a.yml'));
    const { source, log } = watching(folder, ['*.yml']);
    await source.ready;
    expect(problemsIn(log)).toEqual([[`${join(folder, 'a.yml')}: expected a file`]]);
  });
});

it('a closed source tells nothing any more', async () => {
  const folder = await aFolder();
  await writeFile(join(folder, 'a.json'), group('a:1'));
  const { source, changes, refreshes } = watching(folder, ['*.json']);
  source.close();
  await source.ready;
  expect([changes, refreshes]).toEqual([[], []]);
});
