import { expect, it } from 'vitest';
import { type Expected, healthy } from '../faults/fault.ts';
import { type FaultNodes, startFaultNodes, WELL_NODE } from '../faults/fault-nodes.ts';
import { observe, wanted } from '../faults/observe.ts';
import { WELL_SERVED } from '../faults/raw-answer.ts';
import { eventually } from '../helpers/exporter-process.ts';
import { hasPrometheus, startPrometheus } from '../helpers/prometheus-server.ts';
import { hasPromtool, lintMetrics } from '../helpers/promtool.ts';
import { family, readHealth, readMetrics } from '../helpers/reading.ts';

const MAX_MEMORY_BYTES = 384 * 2 ** 20;

/** Checks that every reader sees this of each node, once each has been probed as it is now. */
async function showsAll({ exporter, nodes }: FaultNodes, expectedOf: (expected: Expected) => object): Promise<void> {
  await probedAgain(exporter.url);
  const expected = Object.fromEntries(nodes.map((node) => [node.name, expectedOf(node.expected)]));
  expect(await observe(exporter.url, Object.keys(expected))).toEqual(expected);
}

/** Waits until every node has finished two more probes, as one may be under way. */
async function probedAgain(url: string): Promise<void> {
  const before = family(await readMetrics(url), 'genesis_probes_total');
  await eventually(async () => {
    const series = await readMetrics(url);
    for (const [key, count] of before) expect(series.get(key), key).toBeGreaterThanOrEqual(count + 2);
  });
}

/** All nodes after they were well, each with its fault. */
async function startBroken(): Promise<FaultNodes> {
  const faults = await startFaultNodes();
  await showsAll(faults, () => wanted(healthy(WELL_SERVED)));
  await faults.setBroken(true);
  await showsAll(faults, wanted);
  return faults;
}

/** Watches the node that is always well until told to stop; gives the codes that it was served with and the slowest answer. */
function watchWell(url: string): () => Promise<{ codes: ReadonlySet<number>; slowestMs: number }> {
  const codes = new Set<number>();
  let slowestMs = 0;
  let isOver = false;
  async function watch(): Promise<void> {
    while (!isOver) {
      const { code, ms } = await readHealth(url, `?node=${WELL_NODE}`);
      codes.add(code);
      slowestMs = Math.max(slowestMs, ms);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const watching = watch();
  return async () => {
    isOver = true;
    await watching;
    return { codes, slowestMs };
  };
}

it('shows each fault of a node as what it is, and when it is over that too', async () => {
  const faults = await startBroken();
  expect(faults.nodes.length).toBeGreaterThan(60);
  await faults.setBroken(false);
  await showsAll(faults, () => ({ ...wanted(healthy(WELL_SERVED)), failures: expect.any(Array) }));
});

it('is itself well beside all faults at once, and so is the node that has none', async () => {
  const { url, log } = (await startBroken()).exporter;
  const stop = watchWell(url);
  for (let round = 0; round < 2; round += 1) await probedAgain(url);

  const { codes, slowestMs } = await stop();
  expect([...codes]).toEqual([200]);
  // No answer waits for a probe, and some of the probes take 4 s.
  expect(slowestMs).toBeLessThan(2000);
  expect((await fetch(`${url}/-/healthy`)).status).toBe(200);
  const series = await readMetrics(url);
  expect(series.get('genesis_exporter_internal_errors_total')).toBe(0);
  expect(series.get('process_resident_memory_bytes')).toBeLessThan(MAX_MEMORY_BYTES);
  expect(log().filter(({ level }) => level === 'error')).toEqual([]);
});

it.skipIf(!hasPromtool() || !hasPrometheus())(
  'has a page that promtool and Prometheus take, every name as it is served',
  async () => {
    const { exporter, nodes } = await startBroken();
    expect(lintMetrics(await (await fetch(`${exporter.url}/metrics`)).text())).toBe('');
    const prometheus = await startPrometheus({
      scrapeConfigs: [{ job_name: 'genesis', static_configs: [{ targets: [new URL(exporter.url).host] }] }],
    });
    const served = nodes.flatMap(({ name, expected }) =>
      expected.kind === 'understood' ? expected.rows.map(([process]) => `${name}: ${process}`) : [],
    );
    await eventually(async () => {
      const reported = await prometheus.query(`genesis_process_reported{genesis_node!="${WELL_NODE}"}`);
      const found = reported.map(({ labels }) => `${labels['genesis_node']}: ${labels['process']}`);
      expect(found.sort()).toEqual(served.sort());
    });
  },
);
