import { expect, it } from 'vitest';
import { SAMPLE } from '../helpers/example-views.ts';
import { eventually, startExporter } from '../helpers/exporter-process.ts';
import { hasPromtool, lintMetrics } from '../helpers/promtool.ts';
import { family, readHealth, readMetrics } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';

/** The exporter beside a stand-in node on the sample's own ports, as the flags alone make it. */
async function besideSample() {
  const node = await startStandIn({ ports: 'declared' });
  const exporter = await startExporter([`--genesis.health-url=${node.healthUrl}`, '--genesis.node-name=sample']);
  await eventually(async () => expect((await fetch(`${exporter.url}/-/ready`)).status).toBe(200));
  return exporter;
}

it("serves the platform's sample as it came", async () => {
  const { url } = await besideSample();
  const response = await fetch(`${url}/health/status`);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(JSON.stringify(JSON.parse(SAMPLE)));
});

it('has a status set and a port for each process, and the LMDB figures of the three that have any', async () => {
  const { url } = await besideSample();
  const series = await readMetrics(url);
  expect(family(series, 'genesis_process_status')).toHaveLength(8 * 7);
  expect(family(series, 'genesis_process_status').filter(([, value]) => value === 1)).toHaveLength(8);
  expect(family(series, 'genesis_process_port').map(([, value]) => value)).toEqual([
    8001, 8002, 8003, 8004, 8005, 9000, 9017, 9018,
  ]);
  expect(family(series, 'genesis_process_lmdb_used_ratio').map(([, value]) => value)).toEqual([0.01, 0.01, 0.01]);
  expect(family(series, 'genesis_process_lmdb_size_bytes').map(([, value]) => value)).toEqual(
    new Array(3).fill(2147483648),
  );
  expect(series.get('genesis_node_healthy{genesis_node="sample"}')).toBe(1);
});

it.skipIf(!hasPromtool())('has a page that promtool finds no fault with, its own metrics included', async () => {
  const { url } = await besideSample();
  await readHealth(url);
  const page = await (await fetch(`${url}/metrics`)).text();
  expect(page).toContain('process_cpu_seconds_total');
  expect(lintMetrics(page)).toBe('');
});

it('answers two readers at once with the same bytes', async () => {
  const { url } = await besideSample();
  const read = async (path: string) => (await fetch(`${url}${path}`)).text();
  for (const path of ['/health/status', '/metrics']) {
    const [first, second] = await Promise.all([read(path), read(path)]);
    expect(second).toBe(first);
  }
});

it('warns when nothing but the machine gave the node its name', async () => {
  const { healthUrl } = await startStandIn();
  const exporter = await startExporter([`--genesis.health-url=${healthUrl}`]);
  await eventually(async () => {
    expect(exporter.log().map(({ msg }) => msg)).toContain(
      'the node is named after this machine; --genesis.node-name sets a name that lasts',
    );
  });
});
