import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { eventually, runMain, startExporter, startMain } from '../helpers/exporter-process.ts';
import { readHealth, readMetrics } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';
import { storageFolder } from '../helpers/storage-folder.ts';

const ROUTER = 'GENESIS_ROUTER';

async function startWith(healthUrl: string, path: string) {
  const exporter = await startExporter([
    `--genesis.health-url=${healthUrl}`,
    '--genesis.node-name=a',
    `--storage.path=${path}`,
  ]);
  return { ...exporter, warnings: () => exporter.log().filter(({ level }) => level === 'warn') };
}

it('has a missing process missing after kill -9 and a start, red from the first answer on', async () => {
  const node = await startStandIn();
  const folder = storageFolder();
  const first = await startWith(node.healthUrl, folder);
  await eventually(async () => expect((await readHealth(first.url)).code).toBe(200));
  node.drop(ROUTER);
  await eventually(async () => {
    const { code, rows } = await readHealth(first.url);
    expect([code, rows.find(({ PROCESS_NAME }) => PROCESS_NAME === ROUTER)?.STATUS]).toEqual([503, 'DOWN']);
  }, 40_000);
  // A write comes each second.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  first.kill('SIGKILL');
  await first.ended;
  const second = await startWith(node.healthUrl, folder);
  const codes = new Set<number>();
  await eventually(async () => {
    const { code, rows } = await readHealth(second.url);
    codes.add(code);
    expect(rows.find(({ PROCESS_NAME }) => PROCESS_NAME === ROUTER)).toMatchObject({ STATUS: 'DOWN' });
  });
  expect([...codes]).toEqual([503]);
  const series = await readMetrics(second.url);
  expect(series.get('genesis_probes_total{genesis_node="a"}')).toBeGreaterThanOrEqual(3);
  expect(series.get(`genesis_process_status_changes_total{genesis_node="a",process="${ROUTER}"}`)).toBe(1);
  await eventually(async () => {
    const { events } = JSON.parse(await (await fetch(`${second.url}/api/v1/events?node=a`)).text());
    const told = events.map(({ kind, process }: Record<string, unknown>) => `${kind} ${process}`);
    expect(told.toSorted()).toEqual(['not_watched null', `state ${ROUTER}`, 'state null']);
  });
  const printed = await runMain(['history', `--storage.path=${folder}`, '--from=1h']);
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  expect(printed.stdout).toContain(`${ROUTER} on a: UP → DOWN, goes on`);
  expect(printed.stdout).not.toContain('No exporter has written');
});

/** Holds the lock that an exporter takes on its storage folder, as the storage process of one that was killed does for a moment. */
function holdLock(folder: string): () => void {
  const lock = new Database(join(folder, 'genesis-exporter.lock'));
  lock.exec('PRAGMA busy_timeout = 10000; BEGIN EXCLUSIVE');
  onTestFinished(() => void lock.close());
  return () => lock.exec('ROLLBACK');
}

it('waits for the storage process of an exporter that was killed, and then has its memory', async () => {
  const node = await startStandIn();
  const folder = storageFolder();
  const first = await startWith(node.healthUrl, folder);
  await eventually(async () => expect((await readHealth(first.url)).code).toBe(200));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  first.kill('SIGKILL');
  await first.ended;
  setTimeout(holdLock(folder), 2500);
  const second = await startWith(node.healthUrl, folder);
  expect(second.warnings()).toEqual([]);
  await eventually(async () => {
    const { events } = JSON.parse(await (await fetch(`${second.url}/api/v1/events?node=a`)).text());
    expect(events).toMatchObject([{ kind: 'not_watched' }]);
  });
});

it('ends within 5 s with code 0 while it waits for the database', async () => {
  const node = await startStandIn();
  const folder = storageFolder();
  holdLock(folder);
  const { child, kill, ended } = startMain([`--genesis.health-url=${node.healthUrl}`, `--storage.path=${folder}`]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const startedMs = performance.now();
  kill('SIGTERM');
  await ended;
  expect(child.exitCode).toBe(0);
  expect(performance.now() - startedMs).toBeLessThan(5000);
});

it.each([
  ['is a file', (path: string) => writeFileSync(path, ''), 'cannot be opened as a folder'],
  ['is below a file', (path: string) => writeFileSync(join(path, '..', 'x'), ''), undefined],
])('monitors all the same when the storage path %s', async (_, prepare, problem) => {
  const node = await startStandIn();
  const path = join(storageFolder(), 'path');
  prepare(path);
  const exporter = await startWith(node.healthUrl, path);
  await eventually(async () => expect((await readHealth(exporter.url)).code).toBe(200));
  const said = exporter.warnings().map(({ problem: text }) => String(text));
  if (problem === undefined) expect(said).toEqual([]);
  else expect(said).toEqual([expect.stringContaining(problem)]);
});

it('moves a corrupt database aside, and never deletes it', async () => {
  const node = await startStandIn();
  const folder = storageFolder();
  writeFileSync(join(folder, 'genesis-exporter.db'), "this is no database, but it is somebody's".repeat(300));
  const exporter = await startWith(node.healthUrl, folder);
  expect(exporter.warnings().map(({ msg }) => msg)).toContain(
    'the database was corrupt: it was moved aside, and history begins anew',
  );
  expect(readdirSync(folder).filter((name) => name.startsWith('genesis-exporter.db.corrupt-'))).toHaveLength(1);
});

it('leaves a folder to the exporter that writes there', async () => {
  const node = await startStandIn();
  const folder = storageFolder();
  const first = await startWith(node.healthUrl, folder);
  const second = await startWith(node.healthUrl, folder);
  expect(second.warnings()).toMatchObject([{ problem: expect.stringContaining('another exporter writes to') }]);
  await eventually(async () => {
    expect((await readMetrics(first.url)).get('genesis_exporter_storage_last_write_successful')).toBe(1);
    expect((await readMetrics(second.url)).get('genesis_exporter_storage_last_write_successful')).toBe(0);
  });
  expect((await readHealth(second.url)).code).toBe(200);
});
