import { expect, it } from 'vitest';
import { eventually, startConfigured } from '../helpers/exporter-process.ts';
import { family, readHealth, readMetrics } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const ROUTER = 'GENESIS_ROUTER';

/** The exporter on a stand-in node every second with connects to every process, both well. */
async function setUp(warningIs503 = false) {
  const node = await startStandIn({ warningIs503 });
  const exporter = await startConfigured(`
scrape_interval: 1s
scrape_timeout: 500ms
stale_after: 1500ms
modules: {default: {connect: {processes: all, timeout: 500ms}}}
nodes: [{name: a, health_url: ${node.healthUrl}}]
`);
  const { url } = exporter;
  const shows = (code: number, status: string, message: unknown = expect.any(String)) =>
    eventually(async () => {
      const answer = await readHealth(url);
      const row = answer.rows.find(({ PROCESS_NAME }) => PROCESS_NAME === ROUTER);
      expect({ code: answer.code, row }).toEqual({
        code,
        row: expect.objectContaining({ STATUS: status, MESSAGE: message }),
      });
      const series = await readMetrics(url);
      expect(series.get(`genesis_process_status{status="${status}",genesis_node="a",process="${ROUTER}"}`)).toBe(1);
      expect(series.get('genesis_node_healthy{genesis_node="a"}')).toBe(code === 200 ? 1 : 0);
    });
  await shows(200, 'UP', '');
  return { node, exporter, url, shows };
}

it('shows a WARNING, healthy or not as Genesis says by its code', async () => {
  for (const warningIs503 of [false, true]) {
    const { node, shows } = await setUp(warningIs503);
    node.setStatus(ROUTER, 'WARNING');
    node.setMessage(ROUTER, ';slow');
    await shows(warningIs503 ? 503 : 200, 'WARNING', ';slow');
    node.setStatus(ROUTER, 'UP');
    node.setMessage(ROUTER, '');
    await shows(200, 'UP', '');
  }
});

it('shows a killed process DOWN though Genesis still says UP', async () => {
  const { node, shows } = await setUp();
  await node.kill(ROUTER);
  await shows(503, 'DOWN', expect.stringMatching(/^;exporter: connect 127\..*:\d+ refused$/));
  await node.restart(ROUTER);
  await shows(200, 'UP', '');
});

it('shows a process that drops out of the answer', async () => {
  const { node, shows } = await setUp();
  node.drop(ROUTER);
  await shows(503, 'WARNING', expect.stringContaining("not in Genesis' answer"));
  await node.kill(ROUTER);
  await shows(503, 'DOWN', expect.stringContaining('refused'));
  await node.restart(ROUTER);
  node.list(ROUTER);
  await shows(200, 'UP', '');
});

it('shows an endpoint that stopped, and that it is back', async () => {
  const { node, shows, url } = await setUp();
  await node.setHealth({ kind: 'gone' });
  await shows(503, 'UNKNOWN', expect.stringContaining('ECONNREFUSED'));
  const series = await readMetrics(url);
  for (const name of [
    'genesis_process_lmdb_used_ratio',
    'genesis_process_lmdb_size_bytes',
    'genesis_process_reported',
  ]) {
    expect(family(series, name)).toEqual([]);
  }
  expect(family(series, 'genesis_process_port')).toHaveLength(8);
  expect(series.get('genesis_node_health_endpoint_up{genesis_node="a"}')).toBe(0);
  expect(series.get('genesis_probe_failures_total{reason="refused",genesis_node="a"}')).toBeGreaterThan(0);
  await node.setHealth({ kind: 'normal' });
  await shows(200, 'UP', '');
});

it('answers at once while the endpoint hangs, and shows that it does', async () => {
  const { node, shows, url } = await setUp();
  await node.setHealth({ kind: 'hang' });
  await shows(503, 'UNKNOWN', expect.stringContaining('0.5 s'));
  const times: number[] = [];
  for (let i = 0; i < 20; i++) times.push((await readHealth(url)).ms);
  // The median: a probe takes 500 ms to time out, and no answer waits for one.
  expect(times.sort((a, b) => a - b)[10]).toBeLessThan(250);
  await node.setHealth({ kind: 'normal' });
  await shows(200, 'UP', '');
});

it('proves a process dead by its port though the endpoint is gone', async () => {
  const { node, shows } = await setUp();
  await node.setHealth({ kind: 'gone' });
  await node.kill(ROUTER);
  await shows(503, 'DOWN', expect.stringContaining('refused'));
});

it('answers nothing green after it was stopped in its tracks for longer than evidence lasts', async () => {
  const { exporter, url } = await setUp();
  exporter.kill('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const answer = readHealth(url);
  await new Promise((resolve) => setTimeout(resolve, 100));
  exporter.kill('SIGCONT');
  expect((await answer).code).toBe(503);
  await eventually(async () => expect((await readHealth(url)).code).toBe(200));
});

it('probes a healthy node in its time while 200 others hang', async () => {
  const [well, hanging] = [await startStandIn(), await startStandIn()];
  await hanging.setHealth({ kind: 'hang' });
  const others = Array.from({ length: 200 }, (_, i) => `  - {name: hangs-${i}, health_url: "${hanging.healthUrl}"}`);
  const { url } = await startConfigured(`
scrape_interval: 1s
scrape_timeout: 900ms
nodes:
  - {name: well, health_url: "${well.healthUrl}"}
${others.join('\n')}
`);
  await eventually(async () => expect((await fetch(`${url}/-/ready`)).status).toBe(200));
  const before = well.healthCounts.requests;
  const hangingBefore = hanging.healthCounts.requests;
  await new Promise((resolve) => setTimeout(resolve, 5000));
  // Five ticks are due, and as many for each of the others: one more or less by phase.
  expect(well.healthCounts.requests - before).toBeGreaterThanOrEqual(4);
  expect(hanging.healthCounts.requests - hangingBefore).toBeGreaterThan(200);
  expect((await readHealth(url, '?node=well')).code).toBe(200);
  expect((await readHealth(url)).code).toBe(503);
});
