import { expect, it } from 'vitest';
import { startInWorld } from '../faults/start-in-world.ts';
import { eventually, startConfigured } from '../helpers/exporter-process.ts';
import { family, readHealth, readMetrics } from '../helpers/reading.ts';
import { startHttpServer } from '../helpers/servers.ts';

const HOUR_MS = 3_600_000;

/** A health endpoint that answers each request with rows of its own; closes its connections unless told to keep them. */
async function startAnswering(rowsOf: (request: number) => readonly object[]): Promise<number> {
  let requests = 0;
  const { port } = await startHttpServer((_, response) => {
    requests += 1;
    response.setHeader('Connection', 'close').end(JSON.stringify(rowsOf(requests)));
  });
  return port;
}

function manyRows(count: number, prefix: string, status: string): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({ PROCESS_NAME: `${prefix}${index}`, STATUS: status, PORT: 1 }));
}

function oneNode(host: string, port: number): string {
  return `
scrape_interval: 1s
scrape_timeout: 900ms
modules: {default: {connect: {processes: none}}}
nodes: [{name: a, health_url: "http://${host}:${port}/"}]
`;
}

function probesOf(series: ReadonlyMap<string, number>): number {
  return series.get('genesis_probes_total{genesis_node="a"}') ?? 0;
}

it.each([
  ['forwards', HOUR_MS],
  ['backwards', -HOUR_MS],
])('goes on as if nothing was when the clock is stepped %s, but for its timestamps', async (_, stepMs) => {
  const port = await startAnswering(() => manyRows(1, 'ROUTER', 'UP'));
  const { exporter, change } = await startInWorld(oneNode('127.0.0.1', port), { clockOffsetMs: 0, names: {} });
  const { url } = exporter;
  await eventually(async () => expect(probesOf(await readMetrics(url))).toBeGreaterThanOrEqual(2));
  const before = await readMetrics(url);
  change({ clockOffsetMs: stepMs, names: {} });
  await eventually(async () => {
    const health = await readHealth(url, '?max_age=5s');
    expect(health.code).toBe(200);
    const series = await readMetrics(url);
    expect(probesOf(series)).toBeGreaterThanOrEqual(probesOf(before) + 3);
    const name = 'genesis_probe_last_success_timestamp_seconds{genesis_node="a"}';
    const steppedSeconds = (series.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(Math.abs(steppedSeconds - stepMs / 1000)).toBeLessThan(60);
    expect(series.get('genesis_node_healthy{genesis_node="a"}')).toBe(1);
    expect(series.get('genesis_exporter_missed_ticks_total')).toBe(0);
  });
  expect((await fetch(`${url}/-/healthy`)).status).toBe(200);
});

it('shows a name that stops resolving, and that it is back', async () => {
  const port = await startAnswering(() => manyRows(1, 'ROUTER', 'UP'));
  const found = { clockOffsetMs: 0, names: { 'node.test': '127.0.0.1' } };
  const { exporter, change } = await startInWorld(oneNode('node.test', port), found);
  const shows = (code: number, row: object) =>
    eventually(async () => {
      expect(await readHealth(exporter.url)).toMatchObject({ code, rows: [row] });
    });
  await shows(200, { STATUS: 'UP' });
  change({ ...found, names: { 'node.test': null } });
  await shows(503, { STATUS: 'UNKNOWN', MESSAGE: expect.stringContaining('getaddrinfo ENOTFOUND node.test') });
  const failures = family(await readMetrics(exporter.url), 'genesis_probe_failures_total').filter(
    ([, count]) => count > 0,
  );
  expect(failures.map(([key]) => key)).toEqual(['genesis_probe_failures_total{reason="dns",genesis_node="a"}']);
  change(found);
  await shows(200, { STATUS: 'UP' });
});

it('logs a bounded number of changes of a node whose processes flap', async () => {
  const port = await startAnswering((request) => manyRows(500, 'P', request % 2 === 0 ? 'UP' : 'ERROR'));
  const { url, log } = await startConfigured(oneNode('127.0.0.1', port));
  await eventually(async () => {
    const changes = family(await readMetrics(url), 'genesis_process_status_changes_total');
    expect(changes.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(1000);
  });
  expect(log().filter(({ msg }) => msg === 'process status changed')).toHaveLength(100);
});

it('remembers a bounded number of processes of a node that renames them with every answer', async () => {
  const port = await startAnswering((request) => manyRows(1000, `P${request}-`, 'UP'));
  const { url } = await startConfigured(oneNode('127.0.0.1', port));
  await eventually(async () => expect(probesOf(await readMetrics(url))).toBeGreaterThanOrEqual(4));
  const { code, rows } = await readHealth(url);
  expect({ code, rows: rows.length }).toEqual({ code: 503, rows: 2000 });
  expect(family(await readMetrics(url), 'genesis_process_healthy')).toHaveLength(2000);
});
