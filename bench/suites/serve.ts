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
/** For those that are warm already or whose latency nobody asks for. */
const SHORT_WARM_SECONDS = 3;
/** Programs of one kind differ by a tenth from start to start, and stay so. */
const STARTS_PER_ROUND = 2;
const SLICES = 3;
const LIMIT = 'bare node:http';
/** The same program once more: how far its ratios are from 1 is how far a ratio can be trusted. */
const TWIN = 'a second bare node:http';

type Results = Map<string, LoadResult[]>;

interface Server {
  readonly name: string;
  readonly url: string;
}

async function warm(servers: readonly Server[], path: string, seconds: number): Promise<void> {
  for (const { url } of servers) await load(url + path, { ...LOAD, seconds });
}

/** Asks each server for some seconds, but never one for long without the others. */
async function measure(servers: readonly Server[], path: string, turn: number, loads: Results): Promise<void> {
  for (let slice = 0; slice < SLICES; slice++) {
    for (const { name, url } of inTurn(servers, turn + slice)) add(loads, name, await load(url + path, LOAD));
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
  const by = (name: string, base: string, figure: keyof LoadResult) => {
    const [values, baseline] = [name, base].map((of) => (results.get(of) ?? []).map((result) => result[figure]));
    return { rounds: ratios(values ?? [], baseline ?? []), unit: '' };
  };
  const rate = `${path}, requests a second`;
  const p99 = `${path}, 99th percentile of the latency`;
  const others = [...results.keys()].filter((name) => !['exporter', LIMIT, TWIN].includes(name));
  return [
    { what: `${rate}, by ${LIMIT}`, ...by('exporter', LIMIT, 'requestsPerSecond'), target: atLeast(0.8) },
    { what: `${rate}, of ${TWIN}, by it`, ...by(TWIN, LIMIT, 'requestsPerSecond'), target: undefined },
    { what: `${p99}, by ${LIMIT}`, ...by('exporter', LIMIT, 'p99Ms'), target: atMost(1.3) },
    { what: `${p99}, of ${TWIN}, by it`, ...by(TWIN, LIMIT, 'p99Ms'), target: undefined },
    ...others.map((name) => {
      const isPeer = name.endsWith('_exporter');
      const what = `${rate}, by ${name}${isPeer ? "'s own /metrics" : ''}`;
      return { what, ...by('exporter', name, 'requestsPerSecond'), target: isPeer ? atLeast(10) : undefined };
    }),
  ];
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
  const twin = await keep(startOwn('bare-server', [ready]));
  const plain = await keep(startOwn('plain-fastify', [join(folder, 'body-0')]));
  const started: Stoppable[] = [exporter, limit, twin, plain];
  const servers = [
    { name: 'exporter', url: exporter.url },
    { name: LIMIT, url: limit.said },
    { name: TWIN, url: twin.said },
  ];
  const peers = [{ name: 'plain Fastify with registry.metrics()', url: plain.said }];
  for (const name of ['blackbox_exporter', 'json_exporter']) {
    const command = findPeer(name);
    if (command === undefined) continue;
    const peer = await keep(startPeer(command, folder));
    started.push(peer);
    peers.push({ name, url: peer.url });
  }
  await warm(servers, '/metrics', WARM_SECONDS);
  await warm(peers, '/metrics', SHORT_WARM_SECONDS);
  await measure([...servers, ...peers], '/metrics', turn, loads.metrics);
  await warm(servers, '/health/status', SHORT_WARM_SECONDS);
  await measure(servers, '/health/status', turn, loads.health);
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
    'One node of 8 processes. Each round starts every candidate anew twice; once warm, wrk asks each in turn for a second with 50 connections, three times a start; the median counts. The bare server sends the same bytes and headers; a second one shows how far the same program differs from itself.',
  run,
};
