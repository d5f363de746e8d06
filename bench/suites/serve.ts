import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startOwn } from '../candidate.ts';
import { startExporter } from '../exporter.ts';
import { atLeast, atMost, type Finding, type Target } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { comparePair } from '../pair.ts';
import { findPeer, startPeer } from '../peers.ts';
import { saveReadyBytes } from '../ready-bytes.ts';
import { median } from '../stats.ts';
import type { Stoppable, Suite, SuiteContext } from '../suite.ts';
import type { LoadResult } from '../wrk.ts';

const CONNECTIONS = 50;
const TURNS = 8;
/** Programs of one kind differ by a tenth and more from start to start, and stay so. */
const STARTS = 4;
const SETTLE_MS = 1500;
/** What is hot is compiled by then; the second path has most of it in common with the first. */
const WARM_TURNS = { '/metrics': 5, '/health/status': 2 } as const;
const PATHS = ['/metrics', '/health/status'] as const;
const FIGURES = { requestsPerSecond: 'requests a second', p99Ms: '99th percentile of the latency' } as const;

type Path = (typeof PATHS)[number];
type Start = () => Promise<Stoppable & { readonly url: string }>;

/** Two servers that are measured together, while no other one runs. */
interface Pair {
  readonly servers: readonly [subject: Start, base: Start];
  /** What the ratios are, after the path and the figure. */
  readonly by: string;
  readonly starts: number;
  readonly paths: readonly Path[];
  /** What is told, and what it should be if that is known. */
  readonly targets: Readonly<Partial<Record<keyof LoadResult, Target | undefined>>>;
}

/** The results of one start, by path. */
async function startAndCompare(
  { servers, paths }: Pair,
  start: number,
  keep: SuiteContext['keep'],
): Promise<LoadResult[]> {
  const [subject, base] = [await keep(servers[0]()), await keep(servers[1]())];
  // V8 collects what the start has left behind, which takes far longer under load.
  await pause(SETTLE_MS);
  const results: LoadResult[] = [];
  for (const path of paths) {
    const options = { connections: CONNECTIONS, warmTurns: WARM_TURNS[path], turns: TURNS, start };
    results.push(await comparePair(subject.url + path, base.url + path, options));
  }
  await Promise.all([subject.stop(), base.stop()]);
  return results;
}

/** Results of all rounds, those of a round by start and path. */
function conclude({ by, paths, targets }: Pair, rounds: readonly (readonly LoadResult[][])[]): readonly Finding[] {
  return paths.flatMap((path, index) =>
    (Object.keys(targets) as (keyof LoadResult)[]).map((figure) => ({
      what: `${path}, ${FIGURES[figure]}, ${by}`,
      rounds: rounds.map((starts) => median(starts.map((results) => results[index]?.[figure] ?? Number.NaN))),
      unit: '',
      target: targets[figure],
    })),
  );
}

async function listPairs(healthUrls: readonly string[], { folder, keep }: SuiteContext): Promise<readonly Pair[]> {
  const exporter = () => startExporter({ healthUrls, interval: '15s', folder });
  const model = await keep(exporter());
  const ready = await saveReadyBytes(model.url, PATHS, folder);
  await model.stop();
  const own = (program: string, file: string) => async () => {
    const candidate = await startOwn(program, [file]);
    return { ...candidate, url: candidate.said };
  };
  const bare = own('bare-server', ready);
  const plain = own('plain-fastify', join(folder, 'body-0'));
  const once = { starts: 1, paths: ['/metrics'] } as const;
  return [
    {
      servers: [exporter, bare],
      by: 'by bare node:http',
      starts: STARTS,
      paths: PATHS,
      targets: { requestsPerSecond: atLeast(0.8), p99Ms: atMost(1.3) },
    },
    {
      // How far it is from 1 is how far one start can be trusted.
      servers: [bare, bare],
      by: 'of bare node:http by another one',
      starts: 1,
      paths: PATHS,
      targets: { requestsPerSecond: undefined, p99Ms: undefined },
    },
    {
      ...once,
      servers: [exporter, plain],
      by: 'by plain Fastify with registry.metrics()',
      targets: { requestsPerSecond: undefined },
    },
    ...['blackbox_exporter', 'json_exporter'].flatMap((name): Pair[] => {
      const peer = findPeer(name);
      if (peer === undefined) return [];
      const servers = [exporter, () => startPeer(peer, folder)] as const;
      return [{ ...once, servers, by: `by ${name}'s own /metrics`, targets: { requestsPerSecond: atLeast(10) } }];
    }),
  ];
}

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const { healthUrls } = await context.keep(startFleet({ nodes: 1 }));
  const pairs = await listPairs(healthUrls, context);
  const results = pairs.map((pair) => ({ pair, rounds: [] as LoadResult[][][] }));
  for (let round = 0; round < context.rounds; round++) {
    for (const { pair, rounds } of results) {
      const starts: LoadResult[][] = [];
      for (let start = 0; start < pair.starts; start++)
        starts.push(await startAndCompare(pair, round + start, context.keep));
      rounds.push(starts);
    }
  }
  return results.flatMap(({ pair, rounds }) => conclude(pair, rounds));
}

/** How fast small answers are served. */
export const SERVE: Suite = {
  name: 'serve',
  method: `One node of 8 processes. Two servers are started together, while no other one runs; once warm, wrk asks each in turn for a second with ${CONNECTIONS} connections, ${TURNS} times, and the median of the ratios counts. A round starts the exporter and the bare server, which sends the same bytes and headers, ${STARTS} times, the others once.`,
  run,
};
