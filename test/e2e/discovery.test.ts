import { renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { StandInNode } from '../../src/stand-in/stand-in-node.ts';
import { eventually, startConfigured, startExporter, temporaryFile } from '../helpers/exporter-process.ts';
import { hasPrometheus, startPrometheus } from '../helpers/prometheus-server.ts';
import { family, readHealth, readMetrics } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const addressOf = (node: StandInNode): string => new URL(node.healthUrl).host;

/** Puts a list of targets into a file, as configuration management does: written beside, then moved. */
function writeTargets(file: string, targets: readonly string[]): void {
  writeFileSync(`${file}.new`, JSON.stringify([{ targets }]));
  renameSync(`${file}.new`, file);
}

it('follows a watched file: nodes come and go, the others go on without a gap', async () => {
  const [stays, comes] = [await startStandIn(), await startStandIn()];
  const file = temporaryFile('targets.json', '[]');
  writeTargets(file, [addressOf(stays)]);
  const { url } = await startConfigured(`
scrape_interval: 1s
scrape_timeout: 500ms
file_sd_configs: [{files: ["${dirname(file)}/*.json"], refresh_interval: 1s}]
`);
  const nodes = async () => family(await readMetrics(url), 'genesis_node_info').length;
  const probesOfStaying = async () =>
    (await readMetrics(url)).get(`genesis_probes_total{genesis_node="${addressOf(stays)}"}`) ?? 0;
  await eventually(async () => expect(await nodes()).toBe(1));
  let last = await probesOfStaying();
  for (const targets of [[stays, comes], [stays], [comes, stays], [stays]]) {
    writeTargets(file, targets.map(addressOf));
    await eventually(async () => expect(await nodes()).toBe(targets.length));
    await eventually(async () => expect((await readHealth(url)).code).toBe(200));
    expect((await readHealth(url)).rows).toHaveLength(8 * targets.length);
    const now = await probesOfStaying();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
  expect((await readHealth(url)).rows[0]).toHaveProperty('NODE', addressOf(stays));
  writeFileSync(file, 'not json');
  await eventually(async () => {
    const series = await readMetrics(url);
    expect(series.get('genesis_exporter_discovery_last_refresh_successful{source="file_sd/0"}')).toBe(0);
  });
  expect(await nodes()).toBe(1);
});

it("knows what should run from Genesis' own files, and sees what is missing", async () => {
  const node = await startStandIn();
  const file = temporaryFile('processes.xml', '<processes/>');
  const home = dirname(file);
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(home, 'generated/cfg'), { recursive: true });
  const processes = ['GENESIS_ROUTER', 'GENESIS_EVALUATOR'].map((name) => `<process name="${name}"/>`);
  const write = (start: string) =>
    writeFileSync(
      join(home, 'generated/cfg/processes.xml'),
      `<processes>${processes.join('')}<process name="GENESIS_WEBMON"><start>${start}</start></process></processes>`,
    );
  write('false');
  const { url } = await startExporter([
    `--genesis.health-url=${node.healthUrl}`,
    `--genesis.home=${home}`,
    '--genesis.node-name=a',
  ]);
  const reasons = async () => family(await readMetrics(url), 'genesis_process_unhealthy_reason').map(([key]) => key);
  const missing = (name: string) =>
    `genesis_process_unhealthy_reason{reason="not_reported",genesis_node="a",process="${name}"}`;
  await eventually(async () => expect(await reasons()).toEqual([missing('GENESIS_EVALUATOR')]));
  const series = await readMetrics(url);
  expect(series.get('genesis_node_genesis_home_read_successful{genesis_node="a"}')).toBe(1);
  expect(series.get('genesis_process_expected{genesis_node="a",process="GENESIS_ROUTER"}')).toBe(1);
  expect(series.get('genesis_process_expected{genesis_node="a",process="GENESIS_NOTIFY"}')).toBe(0);
  write('true');
  await eventually(async () => {
    expect(await reasons()).toEqual([missing('GENESIS_EVALUATOR'), missing('GENESIS_WEBMON')]);
  });
  writeFileSync(join(home, 'generated/cfg/processes.xml'), '<processes><process name="A">');
  await eventually(async () => {
    const now = await readMetrics(url);
    expect(now.get('genesis_node_genesis_home_read_successful{genesis_node="a"}')).toBe(0);
  });
  expect(await reasons()).toEqual([missing('GENESIS_EVALUATOR'), missing('GENESIS_WEBMON')]);
});

it.skipIf(!hasPrometheus())('is scraped by a real Prometheus in both ways at once, with the same series', async () => {
  const nodes = await Promise.all([startStandIn(), startStandIn(), startStandIn()]);
  await nodes[0].setStatus('GENESIS_NOTIFY', 'WARNING');
  const addresses = nodes.map(addressOf);
  const loop = await startConfigured(`
scrape_interval: 1s
scrape_timeout: 500ms
nodes:
${nodes.map(({ healthUrl }) => `  - {name: "${new URL(healthUrl).host}", health_url: "${healthUrl}"}`).join('\n')}
`);
  const allowed = JSON.stringify(addresses.map((address) => address.replace(':', '/32:')));
  const probers = await Promise.all([0, 1].map(() => startConfigured(`probe: {allowed_targets: ${allowed}}`)));
  const file = temporaryFile('targets.json', '[]');
  writeTargets(file, addresses);
  const shards = probers.map(({ url }, shard) => ({
    job_name: `shard-${shard}`,
    metrics_path: '/probe',
    file_sd_configs: [{ files: [file] }],
    relabel_configs: [
      { source_labels: ['__address__'], modulus: 2, target_label: '__tmp_shard', action: 'hashmod' },
      { source_labels: ['__tmp_shard'], regex: String(shard), action: 'keep' },
      { source_labels: ['__address__'], target_label: '__param_target' },
      { source_labels: ['__address__'], target_label: 'instance' },
      { target_label: '__address__', replacement: new URL(url).host },
    ],
  }));
  const loopJob = { job_name: 'loop', static_configs: [{ targets: [new URL(loop.url).host] }] };
  const { query } = await startPrometheus({ scrapeConfigs: [loopJob, ...shards] });

  await eventually(async () => {
    expect((await query('up == 1')).length).toBe(1 + 3);
    expect((await query('probe_success == 1')).length).toBe(3);
    expect(await query('up == 0')).toEqual([]);
  });
  const same = [
    'genesis_process_status',
    'genesis_process_port',
    'genesis_process_lmdb_used_ratio',
    'genesis_node_healthy',
  ];
  await eventually(async () => {
    for (const name of same) {
      const labels = 'genesis_node, process, status, store';
      const of = (job: string) => `max by (${labels}) (${name}{job=~"${job}"})`;
      const [byLoop, byProbe] = [await query(of('loop')), await query(of('shard-.'))];
      expect(byLoop.length).toBeGreaterThan(0);
      expect(byProbe.length).toBe(byLoop.length);
      expect(await query(`${of('loop')} != ${of('shard-.')}`)).toEqual([]);
    }
  });
  expect(
    (await query('genesis_process_status{status="WARNING",job=~"shard-.",process="GENESIS_NOTIFY"} == 1')).length,
  ).toBe(1);
});
