import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
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
/** For a program that is warm already, or whose latency nobody asks for. */
const SHORT_WARM_SECONDS = 3;
/** Programs of one kind differ by a tenth from start to start, and stay so. */
const STARTS_PER_ROUND = 2;
const SLICES = 3;
const SETTLE_MS = 2000;
const LIMIT = 'bare node:http';
/** The same program once more: how far its ratios are from 1 is how far a ratio can be trusted. */
const TWIN = 'a second bare node:http';
const PLAIN = 'plain Fastify with registry.metrics()';
const PATHS = ['/metrics', '/health/status'] as const;

type Path = (typeof PATHS)[number];
type Results = Map<string, LoadResult[]>;

/** A server that is measured while no other one runs. */
interface Served {
  readonly name: string;
  /** What it is asked for, and how long before it is measured. */
  readonly warmSeconds: Readonly<Partial<Record<Path, number>>>;
  readonly start: () => Promise<Stoppable & { readonly url: string }>;
}

async function startAndMeasure(
  { name, warmSeconds, start }: Served,
  loads: Readonly<Record<Path, Results>>,
  keep: SuiteContext['keep'],
): Promise<void> {
  const server = await keep(start());
  // V8 collects what the start has left behind, which takes far longer under load.
  await pause(SETTLE_MS);
  for (const path of PATHS) {
    const seconds = warmSeconds[path];
    if (seconds === undefined) continue;
    await load(server.url + path, { ...LOAD, seconds });
    // At once: of a program left alone for seconds V8 takes memory back, and collects garbage more often for seconds more.
    for (let slice = 0; slice < SLICES; slice++) add(loads[path], name, await load(server.url + path, LOAD));
  }
  await server.stop();
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

async function listServed(healthUrls: readonly string[], { folder, keep }: SuiteContext): Promise<readonly Served[]> {
  const startOurs = () => startExporter({ healthUrls, interval: '15s', folder });
  const model = await keep(startOurs());
  const ready = await saveReadyBytes(model.url, PATHS, folder);
  await model.stop();
  const own = (program: string, file: string) => async () => {
    const candidate = await startOwn(program, [file]);
    return { ...candidate, url: candidate.said };
  };
  const both = { '/metrics': WARM_SECONDS, '/health/status': SHORT_WARM_SECONDS };
  const metrics = { '/metrics': SHORT_WARM_SECONDS };
  const peers = ['blackbox_exporter', 'json_exporter'].flatMap((name) => {
    const command = findPeer(name);
    return command === undefined ? [] : [{ name, warmSeconds: metrics, start: () => startPeer(command, folder) }];
  });
  return [
    { name: 'exporter', warmSeconds: both, start: startOurs },
    { name: LIMIT, warmSeconds: both, start: own('bare-server', ready) },
    { name: TWIN, warmSeconds: both, start: own('bare-server', ready) },
    { name: PLAIN, warmSeconds: metrics, start: own('plain-fastify', join(folder, 'body-0')) },
    ...peers,
  ];
}

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const { healthUrls } = await context.keep(startFleet({ nodes: 1 }));
  const served = await listServed(healthUrls, context);
  const results = { '/metrics': new Map(), '/health/status': new Map() } satisfies Record<Path, Results>;
  for (let round = 0; round < context.rounds; round++) {
    const loads = { '/metrics': new Map(), '/health/status': new Map() } satisfies Record<Path, Results>;
    for (let start = 0; start < STARTS_PER_ROUND; start++) {
      for (const each of inTurn(served, start)) await startAndMeasure(each, loads, context.keep);
    }
    for (const path of PATHS) conclude(loads[path], results[path]);
  }
  return PATHS.flatMap((path) => compare(path, results[path]));
}

/** How fast small answers are served. */
export const SERVE: Suite = {
  name: 'serve',
  method:
    'One node of 8 processes. Each round starts every candidate twice, while no other one runs, and wrk asks it with 50 connections, once warm for three times a second; the median counts. The bare server sends the same bytes and headers; a second one shows how far the same program differs from itself.',
  run,
};
