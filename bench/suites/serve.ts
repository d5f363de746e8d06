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
/** V8 compiles for so long what is hot, on the processor that wrk needs. */
const WARM_SECONDS = 8;
/** Programs of one kind differ by a tenth from start to start, and stay so. */
const STARTS_PER_ROUND = 3;
const SLICES = 3;
const LIMIT = 'bare node:http';

type Results = Map<string, LoadResult[]>;

/** Loads each URL for some seconds, but never one for long without the others, once all are warm. */
async function measure(urls: ReadonlyMap<string, string>, turn: number, loads: Results): Promise<void> {
  for (const url of urls.values()) await load(url, { ...LOAD, seconds: WARM_SECONDS });
  for (let slice = 0; slice < SLICES; slice++) {
    for (const [name, url] of inTurn([...urls], turn + slice)) add(loads, name, await load(url, LOAD));
  }
}

function add(results: Results, name: string, result: LoadResult): void {
  results.set(name, [...(results.get(name) ?? []), result]);
}

/** Adds the medians of a round's loads to the results. */
function conclude(loads: Results, results: Results): void {
  for (const [name, all] of loads) {
    const requestsPerSecond = median(all.map((each) => each.requestsPerSecond));
    add(results, name, { requestsPerSecond, p99Ms: median(all.map(({ p99Ms }) => p99Ms)) });
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

/** Starts every candidate, loads each, and stops them. */
async function startAndMeasure(
  healthUrls: readonly string[],
  turn: number,
  loads: { readonly metrics: Results; readonly health: Results },
  { folder, keep }: SuiteContext,
): Promise<void> {
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
  await measure(urls, turn, loads.metrics);
  const healthPages = { exporter: `${exporter.url}/health/status`, [LIMIT]: `${limit.said}/health/status` };
  await measure(new Map(Object.entries(healthPages)), turn, loads.health);
  await Promise.all(started.map((each) => each.stop()));
}

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const { healthUrls } = await context.keep(startFleet({ nodes: 1 }));
  const metrics: Results = new Map();
  const health: Results = new Map();
  for (let round = 0; round < context.rounds; round++) {
    const loads = { metrics: new Map(), health: new Map() } satisfies Record<string, Results>;
    for (let start = 0; start < STARTS_PER_ROUND; start++) {
      await startAndMeasure(healthUrls, round * STARTS_PER_ROUND + start, loads, context);
    }
    conclude(loads.metrics, metrics);
    conclude(loads.health, health);
  }
  return [...compare('/metrics', metrics), ...compare('/health/status', health)];
}

/** How fast small answers are served. */
export const SERVE: Suite = {
  name: 'serve',
  method:
    'One node of 8 processes. Each round starts every candidate anew three times; once warm, wrk asks each in turn for a second with 50 connections, three times a start; the median counts. The bare server sends the same bytes and headers.',
  run,
};
