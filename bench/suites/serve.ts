import { join } from 'node:path';
import { startOwn } from '../candidate.ts';
import { startExporter } from '../exporter.ts';
import { atLeast, atMost, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { findPeer, startPeer } from '../peers.ts';
import { saveReadyBytes } from '../ready-bytes.ts';
import { inTurn, ratios } from '../stats.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { type LoadOptions, type LoadResult, load } from '../wrk.ts';

const LOAD: LoadOptions = { seconds: 2, connections: 50 };
const LIMIT = 'bare node:http';

async function measure(urls: ReadonlyMap<string, string>, rounds: number): Promise<ReadonlyMap<string, LoadResult[]>> {
  const results = new Map([...urls.keys()].map((name) => [name, [] as LoadResult[]]));
  for (const url of urls.values()) await load(url, LOAD);
  for (let round = 0; round < rounds; round++) {
    for (const [name, url] of inTurn([...urls], round)) results.get(name)?.push(await load(url, LOAD));
  }
  return results;
}

function compare(path: string, results: ReadonlyMap<string, LoadResult[]>): readonly Finding[] {
  const of = (name: string, figure: keyof LoadResult) => (results.get(name) ?? []).map((result) => result[figure]);
  return [...results.keys()]
    .filter((name) => name !== 'exporter')
    .flatMap((name) => {
      const isPeer = name.endsWith('_exporter');
      const rate: Finding = {
        what: `${path}, requests a second, by ${name}${isPeer ? "'s own /metrics" : ''}`,
        rounds: ratios(of('exporter', 'requestsPerSecond'), of(name, 'requestsPerSecond')),
        unit: '',
        target: name === LIMIT ? atLeast(0.8) : isPeer ? atLeast(10) : undefined,
      };
      const p99: Finding = {
        what: `${path}, 99th percentile of the latency, by ${name}`,
        rounds: ratios(of('exporter', 'p99Ms'), of(name, 'p99Ms')),
        unit: '',
        target: atMost(1.3),
      };
      return name === LIMIT ? [rate, p99] : [rate];
    });
}

async function run({ folder, rounds, keep }: SuiteContext): Promise<readonly Finding[]> {
  const { healthUrls } = await keep(startFleet({ nodes: 1 }));
  const exporter = await keep(startExporter({ healthUrls, interval: '15s', folder }));
  const limit = await keep(
    startOwn('bare-server', [await saveReadyBytes(exporter.url, ['/metrics', '/health/status'], folder)]),
  );
  const plain = await keep(startOwn('plain-fastify', [join(folder, 'body-0')]));
  const metrics = new Map([
    ['exporter', `${exporter.url}/metrics`],
    [LIMIT, `${limit.said}/metrics`],
    ['plain Fastify with registry.metrics()', `${plain.said}/metrics`],
  ]);
  for (const name of ['blackbox_exporter', 'json_exporter']) {
    const peer = findPeer(name);
    if (peer !== undefined) metrics.set(name, `${(await keep(startPeer(peer, folder))).url}/metrics`);
  }
  const health = new Map([
    ['exporter', `${exporter.url}/health/status`],
    [LIMIT, `${limit.said}/health/status`],
  ]);
  return [
    ...compare('/metrics', await measure(metrics, rounds)),
    ...compare('/health/status', await measure(health, rounds)),
  ];
}

/** How fast small answers are served. */
export const SERVE: Suite = {
  name: 'serve',
  method:
    'One node of 8 processes. wrk asks with 50 connections for 2 s, each candidate in turn. The bare server sends the same bytes and headers.',
  run,
};
