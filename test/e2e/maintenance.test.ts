import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { eventually, startExporter, temporaryFile } from '../helpers/exporter-process.ts';
import { readHealth, readMetrics } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const METRIC = 'genesis_node_maintenance{genesis_node="a"}';

it('changes no verdict, is on the page and in the metrics, and goes with a reload', async () => {
  const node = await startStandIn();
  node.setStatus('GENESIS_ROUTER', 'ERROR');
  const nodes = `scrape_interval: 1s\nscrape_timeout: 500ms\nnodes: [{name: a, health_url: "${node.healthUrl}"}]\n`;
  const [from, to] = [-3_600_000, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
  const file = temporaryFile('genesis.yml', `${nodes}maintenance: [{name: the upgrade, from: ${from}, to: ${to}}]\n`);
  const exporter = await startExporter([`--config.file=${file}`]);
  await eventually(async () => {
    const { code, rows } = await readHealth(exporter.url);
    expect([code, rows.some(({ STATUS }) => STATUS === 'ERROR')]).toEqual([503, true]);
  });
  const read = async (path: string) => (await fetch(`${exporter.url}${path}`)).text();
  expect((await readMetrics(exporter.url)).get(METRIC)).toBe(1);
  expect((await readMetrics(exporter.url)).get('genesis_node_healthy{genesis_node="a"}')).toBe(0);
  for (const path of ['/', '/nodes/a']) expect(await read(path)).toContain('maintenance: the upgrade, until ');
  const infoOf = async () => JSON.parse(await read('/api/v1/nodes')).nodes[0].maintenance;
  expect(await infoOf()).toEqual({ name: 'the upgrade', until: to });
  await eventually(async () => {
    const { subjects } = JSON.parse(await read('/api/v1/history?node=a'));
    expect(subjects[0].availability).toMatchObject({ watchedSeconds: 0, ratio: null });
    expect(subjects[0].availability.maintenanceSeconds).toBeGreaterThan(3000);
  });
  writeFileSync(file, nodes);
  exporter.kill('SIGHUP');
  await eventually(async () => {
    expect((await readMetrics(exporter.url)).has(METRIC)).toBe(false);
    expect(await infoOf()).toBe(null);
  });
  expect(await read('/')).not.toContain('maintenance: the upgrade');
});
