import { join } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { eventually, startExporter } from '../helpers/exporter-process.ts';
import { damagePages, filledDatabase, movedAside } from '../helpers/filled-database.ts';
import { readHealth, readMetrics } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';
import { storageFolder } from '../helpers/storage-folder.ts';
import { storingArguments } from '../helpers/storing-arguments.ts';

const ROUTER = 'GENESIS_ROUTER';
const WRITTEN = 'genesis_exporter_storage_last_write_successful';
const PROBES = 'genesis_probes_total{genesis_node="a"}';

it.each([
  ['a span that goes on is damaged, which the start finds', true, 1],
  ['older spans are damaged, which the first write finds', false, 0],
])(
  'moves a database aside, says so once and keeps its memory when %s',
  async (_, goesOn, firstWrite) => {
    const node = await startStandIn();
    const memory = { roster: [{ name: 'GONE', state: 'UP' }], histories: [], failures: [] };
    const folder = filledDatabase(JSON.stringify(memory), goesOn);
    damagePages(folder, (page) => page > 20);
    const exporter = await startExporter(storingArguments(node, folder));
    await eventually(async () => expect((await readMetrics(exporter.url)).get(WRITTEN)).toBe(firstWrite));
    expect(movedAside(folder)).toHaveLength(1);
    const warnings = exporter
      .log()
      .filter(({ level, msg, problem }) => level === 'warn' && /corrupt/.test(`${msg} ${problem}`));
    expect(warnings).toHaveLength(1);
    // After a failure the exporter tries again in 30 s.
    await eventually(async () => expect((await readMetrics(exporter.url)).get(WRITTEN)).toBe(1), 50_000);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    exporter.kill('SIGTERM');
    await exporter.ended;
    const second = await startExporter(storingArguments(node, folder));
    await eventually(async () => {
      const { code, rows } = await readHealth(second.url);
      const states = [ROUTER, 'GONE'].map((name) => rows.find(({ PROCESS_NAME }) => PROCESS_NAME === name)?.STATUS);
      expect([code, ...states]).toEqual([503, 'UP', 'DOWN']);
    });
  },
  120_000,
);

it('gets its memory when the database opens late, and stores what it learns from then on', async () => {
  const node = await startStandIn();
  const folder = storageFolder();
  const first = await startExporter(storingArguments(node, folder));
  await eventually(async () => expect((await readHealth(first.url)).code).toBe(200));
  node.drop(ROUTER);
  await eventually(async () => expect((await readHealth(first.url)).code).toBe(503));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  first.kill('SIGTERM');
  await first.ended;
  const lock = new Database(join(folder, 'genesis-exporter.lock'));
  lock.exec('BEGIN EXCLUSIVE');
  const second = await startExporter(storingArguments(node, folder));
  await eventually(async () => expect((await readHealth(second.url)).rows.length).toBeGreaterThan(0));
  const without = await readHealth(second.url);
  lock.close();
  // The exporter tries again 30 s after the first failure.
  await eventually(async () => {
    const { code, rows } = await readHealth(second.url);
    const router = rows.find(({ PROCESS_NAME }) => PROCESS_NAME === ROUTER);
    expect([code, router?.STATUS]).toEqual([503, 'DOWN']);
  }, 50_000);
  await eventually(async () => expect((await readMetrics(second.url)).get(WRITTEN)).toBe(1));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const probes = (await readMetrics(second.url)).get(PROBES) ?? 0;
  second.kill('SIGTERM');
  await second.ended;
  const third = await startExporter(storingArguments(node, folder));
  await eventually(async () => {
    const { code, rows } = await readHealth(third.url);
    const router = rows.find(({ PROCESS_NAME }) => PROCESS_NAME === ROUTER);
    expect([code, router?.STATUS]).toEqual([503, 'DOWN']);
  });
  expect((await readMetrics(third.url)).get(PROBES)).toBeGreaterThanOrEqual(probes);
  expect(without.rows.some(({ PROCESS_NAME }) => PROCESS_NAME === ROUTER)).toBe(false);
}, 120_000);
