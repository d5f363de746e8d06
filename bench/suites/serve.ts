import { join } from 'node:path';
import { startOwn } from '../candidate.ts';
import { startExporter } from '../exporter.ts';
import { atLeast, atMost, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { findPeer, startPeer } from '../peers.ts';
import { saveReadyBytes } from '../ready-bytes.ts';
import { inTurn, median, ratios } from '../stats.ts';
import type { Stoppable, Suite, SuiteContext } from '../suite.ts';
import { type LoadOptions, type LoadResult, load } from '../wrk.ts';

const LOAD: LoadOptions = { seconds: 1, connections: 50 };
const WARM_SECONDS = 2;
const SLICES = 7;
const LIMIT = 'bare node:http';

type Results = Map<string, LoadResult[]>;

/** Loads each URL for some seconds, but never one for long without the others, once all are warm; adds the median of each to its results. */
async function measure(urls: ReadonlyMap<string, string>, round: number, results: Results): Promise<void> {
  const slices = new Map([...urls.keys()].map((name) => [name, [] as LoadResult[]]));
  for (const url of urls.values()) await load(url, { ...LOAD, seconds: WARM_SECONDS });
  for (let slice = 0; slice < SLICES; slice++) {
    for (const [name, url] of inTurn([...urls], round + slice)) slices.get(name)?.push(await load(url, LOAD));
  }
  for (const [name, loads] of slices) {
    const result: LoadResult = {
      requestsPerSecond: median(loads.map(({ requestsPerSecond }) => requestsPerSecond)),
      p99Ms: median(loads.map(({ p99Ms }) => p99Ms)),
    };
    results.set(name, [...(results.get(name) ?? []), result]);
  }
}

function compare(path: string, results: Results): readonly Finding[] {
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
  const metrics: Results = new Map();
  const health: Results = new Map();
  for (let round = 0; round < rounds; round++) {
    const exporter = await keep(startExporter({ healthUrls, interval: '15s', folder }));
    const ready = await saveReadyBytes(exporter.url, ['/metrics', '/health/status'], folder);
    const limit = await keep(startOwn('bare-server', [ready]));
    const plain = await keep(startOwn('plain-fastify', [join(folder, 'body-0')]));
    const started: Stoppable[] = [exporter, limit, plain];
    const urls = new Map([
      ['exporter', `${exporter.url}/metrics`],
      [LIMIT, `${limit.said}/metrics`],
      ['plain Fastify with registry.metrics()', `${plain.said}/metrics`],
    ]);
    for (const name of ['blackbox_exporter', 'json_exporter']) {
      const command = findPeer(name);
      if (command === undefined) continue;
      const peer = await keep(startPeer(command, folder));
      started.push(peer);
      urls.set(name, `${peer.url}/metrics`);
    }
    await measure(urls, round, metrics);
    const healthPages = { exporter: `${exporter.url}/health/status`, [LIMIT]: `${limit.said}/health/status` };
    await measure(new Map(Object.entries(healthPages)), round, health);
    await Promise.all(started.map((each) => each.stop()));
  }
  return [...compare('/metrics', metrics), ...compare('/health/status', health)];
}

/** How fast small answers are served. */
export const SERVE: Suite = {
  name: 'serve',
  method:
    'One node of 8 processes. Each round starts every candidate anew; once warm, wrk asks each in turn for a second with 50 connections, seven times; the median counts. The bare server sends the same bytes and headers.',
  run,
};
