import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchGenesisHome } from '../../src/discovery/genesis-home-watch.ts';
import type { HomeReading } from '../../src/domain/home-reading.ts';
import { createMemoryLog } from '../helpers/log.ts';

const NEVER_MS = 3_600_000;

let home: string;
let cleanUps: (() => unknown)[];

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'genesis-watch-')));
  cleanUps = [() => rmSync(home, { recursive: true, force: true })];
});

afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

function install(folder: string, ...names: readonly string[]): void {
  mkdirSync(join(folder, 'generated/cfg'), { recursive: true });
  const processes = names.map((name) => `<process name="${name}"/>`).join('');
  writeFileSync(join(folder, 'generated/cfg/processes.xml'), `<processes>${processes}</processes>`);
}

/** What a reading says in short: the names, and `!` when it was not successful. */
function inShort({ isSuccessful, processes }: HomeReading): string {
  return processes.map(({ name }) => name).join() + (isSuccessful ? '' : '!');
}

function start(pollIntervalMs: number, at = home, onRead = (_reads: number): void => undefined) {
  const readings: HomeReading[] = [];
  const log = createMemoryLog();
  let reads = 0;
  const watch = watchGenesisHome(at, {
    env: new Map(),
    get hostName() {
      onRead(++reads);
      return 'here';
    },
    log,
    onReading: (reading) => readings.push(reading),
    pollIntervalMs,
    settleMs: 10,
  });
  cleanUps.push(() => watch.close());
  async function until(...expected: readonly string[]): Promise<void> {
    await vi.waitFor(() => expect(readings.map(inShort)).toEqual(expected), { timeout: 5000, interval: 10 });
  }
  return { watch, readings, log, until, reads: () => reads };
}

describe('watchGenesisHome', () => {
  it('reads at once, and again when a file is written, without waiting for the next look', async () => {
    install(home, 'A');
    const { until } = start(NEVER_MS);
    await until('A');
    install(home, 'A', 'B');
    await until('A', 'A,B');
  });

  it('sees an install that replaces the whole folder, again and again', async () => {
    install(home, 'A');
    const { until } = start(NEVER_MS);
    await until('A');
    rmSync(join(home, 'generated'), { recursive: true });
    await until('A', 'A!');
    install(home, 'B');
    await until('A', 'A!', 'B');
    install(home, 'C');
    await until('A', 'A!', 'B', 'C');
  });

  it('goes on seeing changes in a folder that has taken the place of another', async () => {
    install(home, 'A');
    install(join(home, '.next'), 'B');
    const { until } = start(NEVER_MS);
    await until('A');
    renameSync(join(home, 'generated'), join(home, '.previous'));
    renameSync(join(home, '.next/generated'), join(home, 'generated'));
    await until('A', 'B');
    install(home, 'C');
    await until('A', 'B', 'C');
  });

  it('sees what gives no sign, by looking from time to time: a link that leads elsewhere now', async () => {
    const links = realpathSync(mkdtempSync(join(tmpdir(), 'genesis-links-')));
    cleanUps.push(() => rmSync(links, { recursive: true }));
    for (const release of ['1', '2']) install(join(home, release), `R${release}`);
    symlinkSync(join(home, '1'), join(links, 'run'));
    const { until } = start(20, join(links, 'run'));
    await until('R1');
    symlinkSync(join(home, '2'), join(links, 'next'));
    renameSync(join(links, 'next'), join(links, 'run'));
    await until('R1', 'R2');
  });

  it('waits for a home that is not there yet', async () => {
    const { until } = start(20, join(home, 'run'));
    await until('!');
    install(join(home, 'run'), 'A');
    await until('!', 'A');
  });

  it('keeps the last good reading while a file is malformed, and says so once', async () => {
    install(home, 'A');
    const { until, readings, log, reads } = start(20);
    await until('A');
    writeFileSync(join(home, 'generated/cfg/processes.xml'), '<processes>');
    await until('A', 'A!');
    const problems = [`${home}/generated/cfg/processes.xml:1:1: not XML: Unclosed tag 'processes'.`];
    expect(readings[1]?.problems).toEqual(problems);
    await vi.waitFor(() => expect(reads()).toBeGreaterThan(4), { timeout: 5000, interval: 10 });
    install(home, 'A');
    await until('A', 'A!', 'A');
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'Genesis home read'],
      ['warn', 'Genesis home cannot be read'],
      ['info', 'Genesis home read'],
    ]);
    expect(log.lines[1]?.data).toEqual({ home, problems, hints: ['file-cut'] });
  });

  it('gives no reading that says the same', async () => {
    install(home, 'A');
    const { until, reads } = start(20);
    await until('A');
    writeFileSync(join(home, 'generated/cfg/processes.xml'), '<processes><!-- new --><process name="A"/></processes>');
    await vi.waitFor(() => expect(reads()).toBe(2), { timeout: 5000, interval: 10 });
    install(home, 'B');
    await until('A', 'B');
  });

  it('warns of what it passed over', async () => {
    install(home, 'A', '');
    const { until, log } = start(NEVER_MS);
    await until('A');
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
      ['warn', 'parts of the Genesis home were passed over'],
    ]);
  });

  it('gives nothing after it was closed, not even the reading under way', async () => {
    install(home, 'A');
    let closed: Promise<void> | undefined;
    const { watch, readings, reads } = start(20, home, () => {
      closed = watch.close();
    });
    await vi.waitFor(() => expect(closed).toBeDefined(), { timeout: 5000, interval: 10 });
    await closed;
    expect(readings).toEqual([]);
    expect(reads()).toBe(1);
  });

  it('can be closed at once, and again', async () => {
    install(home, 'A');
    const { watch, readings } = start(20);
    await watch.close();
    await watch.close();
    expect(readings).toEqual([]);
  });
});
