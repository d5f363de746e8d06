import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import type { StorageAnswer, StorageRequest } from '../../src/storage/messages.ts';
import type { StoredRecord } from '../../src/storage/writer.ts';
import { eventually, startExporter } from '../helpers/exporter-process.ts';
import { canMount, startMounted } from '../helpers/mounted.ts';
import { readHealth, readMetrics } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';
import { storageFolder } from '../helpers/storage-folder.ts';
import { storingArguments } from '../helpers/storing-arguments.ts';

const ROUTER = 'GENESIS_ROUTER';
const WRITTEN = 'genesis_exporter_storage_last_write_successful';

/** More by the environment: KILLS=300. */
const KILLS = Number(process.env['KILLS'] ?? 25);

/** Records of one batch; the memory of node `a` is the batch's number. */
function batchOf(batch: number): readonly StoredRecord[] {
  const span = { node: 'a', process: 'P', state: 'UP', healthy: true, reason: undefined } as const;
  return [
    ...Array.from({ length: 50 }, (_, index) => {
      const fromMs = batch * 1000 + index;
      return { kind: 'span', span: { ...span, fromMs, message: 'x'.repeat(300) } } as const;
    }),
    { kind: 'memory', node: 'a', memory: String(batch) },
    { kind: 'counters', node: 'a', counters: '{}' },
  ];
}

/** One life of a storage process, killed a random time after it opened; gives what it had kept, and the last batch that it confirmed. */
async function lifeOf(folder: string, batch: number) {
  const file = join(inject('programFolder'), 'storage-process.js');
  const options = JSON.stringify({ folder, retentionMs: 90 * 86_400_000, maxBytes: 2 ** 30 });
  const child = fork(file, [options], { serialization: 'advanced', stdio: 'ignore' });
  const ended = once(child, 'exit');
  const life = { kept: 0, movedTo: undefined as string | undefined, confirmed: batch, failures: [] as string[] };
  const opened = new Promise<void>((resolve) => child.on('message', (message) => receive(message, resolve)));

  function receive(message: unknown, onOpened: () => void): void {
    // The program's own messages.
    const answer = message as StorageAnswer;
    if (answer.kind === 'written') life.confirmed = answer.batch;
    if (answer.kind === 'failed') life.failures.push(answer.message);
    if (answer.kind !== 'opened') return;
    life.kept = Number(new Map(answer.kept).get('a')?.memory ?? 0);
    life.movedTo = answer.movedTo;
    onOpened();
  }

  send(child, { kind: 'open' });
  await opened;
  for (let next = batch + 1; next <= batch + 200; next += 1)
    send(child, { kind: 'write', batch: next, records: batchOf(next), aliveMs: next * 1000 });
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
  child.kill('SIGKILL');
  await ended;
  return life;
}

function send(child: ChildProcess, request: StorageRequest): void {
  child.send(request, () => undefined);
}

/** The storage process that writes to a folder. */
function storageProcessOf(folder: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return line.includes('storage-process.js') && line.includes(folder);
    } catch {
      // It has ended.
      return false;
    }
  });
  if (found === undefined) throw new Error(`no storage process writes to ${folder}`);
  return Number(found);
}

it(`opens after each of ${KILLS} kills in the middle of writes, with all that was confirmed`, async () => {
  const folder = storageFolder();
  let confirmed = 0;
  let writes = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const life = await lifeOf(folder, confirmed);
    expect(life).toMatchObject({ movedTo: undefined, failures: [] });
    expect(life.kept).toBeGreaterThanOrEqual(confirmed);
    writes += life.confirmed - confirmed;
    confirmed = Math.max(life.confirmed, life.kept);
  }
  expect(writes).toBeGreaterThan(KILLS);
}, 600_000);

it('monitors, answers and ends in time while the disk hangs', async () => {
  const node = await startStandIn();
  const folder = storageFolder();
  const exporter = await startExporter(storingArguments(node, folder));
  await eventually(async () => expect((await readMetrics(exporter.url)).get(WRITTEN)).toBe(1));
  const pid = storageProcessOf(folder);
  // A stopped process does what one does that hangs in a system call: nothing.
  process.kill(pid, 'SIGSTOP');
  onTestFinished(() => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The exporter has ended it.
    }
  });
  node.drop(ROUTER);
  await eventually(async () => expect((await readHealth(exporter.url)).code).toBe(503), 40_000);
  const { events } = JSON.parse(await (await fetch(`${exporter.url}/api/v1/events?process=${ROUTER}`)).text());
  expect(events).toMatchObject([{ from: 'UP', to: 'DOWN' }]);
  await eventually(async () => expect((await readMetrics(exporter.url)).get(WRITTEN)).toBe(0), 30_000);
  expect(exporter.log()).toContainEqual(expect.objectContaining({ problem: 'the disk does not answer' }));
  const stoppedMs = performance.now();
  exporter.kill('SIGTERM');
  expect((await exporter.ended).code).toBe(0);
  expect(performance.now() - stoppedMs).toBeLessThan(5000);
});

it('pages through events alike whether the database answers or not', async () => {
  const node = await startStandIn();
  const folder = storageFolder();
  const first = await startExporter(storingArguments(node, folder));
  await eventually(async () => expect((await readMetrics(first.url)).get(WRITTEN)).toBe(1));
  node.drop(ROUTER);
  await eventually(async () => expect((await readHealth(first.url)).code).toBe(503), 40_000);
  first.kill('SIGTERM');
  await first.ended;
  const second = await startExporter(storingArguments(await startStandIn(), folder));
  await eventually(async () => expect((await readHealth(second.url)).code).toBe(200));
  const page = async (query: string) => {
    const answer = await fetch(`${second.url}/api/v1/events?${query}`);
    return { status: answer.status, ...JSON.parse(await answer.text()) };
  };
  const idsOf = async () => (await page('limit=1000')).events.map(({ id }: { readonly id: number }) => id);
  await eventually(async () => expect(await idsOf()).toHaveLength(5));
  const ids: readonly number[] = await idsOf();
  expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  const one = await page('limit=1');
  const pid = storageProcessOf(folder);
  process.kill(pid, 'SIGSTOP');
  onTestFinished(() => {
    if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGCONT');
  });
  const two = await page(`limit=1&cursor=${one.next}`);
  const three = await page(`limit=1&cursor=${two.next}`);
  // The two events of the first run are in the database alone.
  expect(await page(`limit=1&cursor=${three.next}`)).toMatchObject({ status: 503 });
  process.kill(pid, 'SIGCONT');
  await eventually(async () => expect(await page(`cursor=${three.next}`)).toMatchObject({ status: 200, next: null }));
  const pages = [one, two, three, await page(`cursor=${three.next}`)];
  const paged = pages.flatMap(({ events }) => events.map(({ id }: { readonly id: number }) => id));
  expect(paged).toEqual(ids);
});

it.skipIf(!canMount()).each([
  ['full', 'size=200k'],
  ['read-only', 'ro'],
])('monitors while the disk is %s', async (_, options) => {
  const node = await startStandIn();
  const folder = storageFolder();
  const url = await startMounted(`-t tmpfs -o ${options} none ${folder}`, storingArguments(node, folder));
  await eventually(async () => {
    const series = await readMetrics(url).catch(() => undefined);
    expect(series?.get(WRITTEN)).toBe(0);
  }, 50_000);
  await eventually(async () => expect((await readHealth(url)).code).toBe(200));
  node.drop(ROUTER);
  await eventually(async () => expect((await readHealth(url)).code).toBe(503), 40_000);
});
