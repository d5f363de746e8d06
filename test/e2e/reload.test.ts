import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually, startExporter, temporaryFile } from '../helpers/exporter-process.ts';
import { hasPromtool, lintMetrics } from '../helpers/promtool.ts';
import { family, readMetrics } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const SUCCESSFUL = 'genesis_exporter_config_last_reload_successful';

async function configFor(names: readonly string[]): Promise<string> {
  const node = await startStandIn();
  return `scrape_interval: 1s\nscrape_timeout: 500ms\nnodes:\n${names
    .map((name) => `  - {name: ${name}, health_url: "${node.healthUrl}"}\n`)
    .join('')}`;
}

const nodesOf = async (url: string) =>
  family(await readMetrics(url), 'genesis_node_info').map(([key]) => /genesis_node="(\w+)"/.exec(key)?.[1]);

it('reloads at SIGHUP: new nodes come, old ones go, those that stay keep their counts', async () => {
  const config = await configFor(['a', 'b']);
  const file = temporaryFile('genesis.yml', config);
  const { kill, url } = await startExporter([`--config.file=${file}`]);
  const probes = async () => (await readMetrics(url)).get('genesis_probes_total{genesis_node="b"}') ?? 0;
  await eventually(async () => expect(await probes()).toBeGreaterThan(2));
  const before = await probes();
  writeFileSync(file, config.replace('name: a', 'name: c'));
  kill('SIGHUP');
  await eventually(async () => expect(await nodesOf(url)).toEqual(['c', 'b']));
  expect(await probes()).toBeGreaterThanOrEqual(before);
});

it('refuses a bad configuration whole, says why, and goes on with the one before', async () => {
  const config = await configFor(['a']);
  const file = temporaryFile('genesis.yml', config);
  const { url } = await startExporter([`--config.file=${file}`, '--web.enable-lifecycle']);
  writeFileSync(file, `${config}colour: red\nmax_nodes: x\n`);
  for (const method of ['POST', 'PUT']) {
    const response = await fetch(`${url}/-/reload`, { method });
    expect(response.status).toBe(500);
    const { error } = JSON.parse(await response.text());
    expect(error).toContain('colour: unknown key');
    expect(error).toContain('max_nodes: expected');
  }
  expect(await nodesOf(url)).toEqual(['a']);
  await eventually(async () => expect((await readMetrics(url)).get(SUCCESSFUL)).toBe(0));
  writeFileSync(file, config);
  expect((await fetch(`${url}/-/reload`, { method: 'POST' })).status).toBe(200);
  await eventually(async () => expect((await readMetrics(url)).get(SUCCESSFUL)).toBe(1));
});

it('does not reload by HTTP unless told so, and never by GET', async () => {
  const file = temporaryFile('genesis.yml', await configFor(['a']));
  const { url } = await startExporter([`--config.file=${file}`]);
  expect((await fetch(`${url}/-/reload`, { method: 'POST' })).status).toBe(403);
  const get = await fetch(`${url}/-/reload`);
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST, PUT']);
});

it('reloads by itself when the folder of the file is swapped by a link, as Kubernetes does', async () => {
  const config = await configFor(['a']);
  const root = dirname(temporaryFile('unused', ''));
  const publish = (version: string, text: string): void => {
    mkdirSync(join(root, version));
    writeFileSync(join(root, version, 'genesis.yml'), text);
    symlinkSync(version, join(root, `..data-${version}`));
    renameSync(join(root, `..data-${version}`), join(root, '..data'));
  };
  publish('v1', config);
  symlinkSync('..data/genesis.yml', join(root, 'genesis.yml'));
  const { url } = await startExporter([
    `--config.file=${join(root, 'genesis.yml')}`,
    '--config.enable-auto-reload',
    '--config.auto-reload-interval=1s',
  ]);
  expect(await nodesOf(url)).toEqual(['a']);
  publish('v2', config.replace('name: a', 'name: z'));
  await eventually(async () => expect(await nodesOf(url)).toEqual(['z']));
});

it.skipIf(!hasPromtool())('serves whole pages through a storm of reloads, half of them broken', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `n${i}`);
  const config = await configFor(names);
  const file = temporaryFile('genesis.yml', config);
  const { url } = await startExporter([`--config.file=${file}`, '--web.enable-lifecycle']);
  await eventually(async () => expect(await nodesOf(url)).toEqual(names));
  const codes: number[] = [];
  const pages: string[] = [];
  const storm = Array.from({ length: 100 }, async (_, i) => {
    await new Promise((resolve) => setTimeout(resolve, i * 10));
    // Written beside and moved: a reload never sees half a file.
    writeFileSync(`${file}.${i}`, i % 2 === 0 ? `${config}# ${i}\n` : `${config}broken: [\n`);
    renameSync(`${file}.${i}`, file);
    codes.push((await fetch(`${url}/-/reload`, { method: 'POST' })).status);
  });
  const scrapes = Array.from({ length: 20 }, async (_, i) => {
    await new Promise((resolve) => setTimeout(resolve, i * 50));
    pages.push(await (await fetch(`${url}/metrics`)).text());
  });
  await Promise.all([...storm, ...scrapes]);
  expect(new Set(codes)).toEqual(new Set([200, 500]));
  for (const page of pages) {
    const nodes = page.match(/^genesis_node_info\{.*$/gm) ?? [];
    expect(nodes).toHaveLength(names.length);
    expect(lintMetrics(page)).toBe('');
  }
  writeFileSync(file, config);
  expect((await fetch(`${url}/-/reload`, { method: 'POST' })).status).toBe(200);
  expect(await nodesOf(url)).toEqual(names);
});
