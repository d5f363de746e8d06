import { setTimeout as pause } from 'node:timers/promises';
import { startExporter } from '../exporter.ts';
import { atMost, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { readCounter } from '../scrape.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { type Costs, mebibytes, watchInterval } from '../watch.ts';

const NODES = 1000;
const INTERVAL_MS = 15_000;
const MISSED = 'genesis_exporter_missed_ticks_total';
/** Later than this and a probe is late: a hundredth of its interval. */
const LATE_MS = INTERVAL_MS / 100;

interface Watched {
  readonly costs: readonly Costs[];
  readonly latestMs: readonly number[];
  readonly missedTicks: number;
}

async function watchFleet(hanging: number, { folder, rounds, keep, tell }: SuiteContext): Promise<Watched> {
  const fleet = await keep(startFleet({ nodes: NODES, hanging, intervalMs: INTERVAL_MS }));
  const { healthUrls } = fleet;
  const exporter = await keep(startExporter({ healthUrls, interval: '15s', folder, isMetered: true }));
  const costs: Costs[] = [];
  const latestMs: number[] = [];
  // One interval to warm up.
  for (let round = -1; round < rounds; round++) {
    if (round === 0) await fleet.record();
    const cost = await watchInterval(exporter, INTERVAL_MS);
    if (round < 0) continue;
    costs.push(cost);
    latestMs.push((await fleet.record()).latestMs);
    tell(
      `${hanging} of ${NODES} hanging, round ${round + 1}: ${cost.cpuPercent.toFixed(1)} %, loop ${cost.loop.maxMs.toFixed(0)} ms`,
    );
  }
  const missedTicks = await readCounter(exporter.url, MISSED);
  await Promise.all([fleet.stop(), exporter.stop()]);
  await pause(1000);
  return { costs, latestMs, missedTicks };
}

function describe(subject: string, { costs, latestMs, missedTicks }: Watched): readonly Finding[] {
  return [
    {
      what: `${subject}: processor, of one core`,
      rounds: costs.map(({ cpuPercent }) => cpuPercent),
      unit: '%',
      target: atMost(7),
    },
    {
      what: `${subject}: event-loop delay, 99th percentile`,
      rounds: costs.map(({ loop }) => loop.p99Ms),
      unit: 'ms',
      target: atMost(10),
    },
    {
      what: `${subject}: event-loop delay, longest`,
      rounds: costs.map(({ loop }) => loop.maxMs),
      unit: 'ms',
      target: atMost(30),
    },
    {
      what: `${subject}: resident memory, highest`,
      rounds: costs.map(({ rssBytes }) => mebibytes(rssBytes)),
      unit: 'MiB',
      target: atMost(230e6 / 2 ** 20),
    },
    {
      what: `${subject}: the latest probe of a node that answers`,
      rounds: latestMs,
      unit: 'ms',
      target: atMost(LATE_MS),
    },
    { what: `${subject}: missed ticks`, rounds: [missedTicks], unit: '', target: atMost(0) },
  ];
}

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const answering = await watchFleet(0, context);
  const hanging = await watchFleet(NODES / 2, context);
  return [...describe('1,000 nodes', answering), ...describe('the same with 500 of them hanging', hanging)];
}

/** What a large fleet costs. */
export const FLEET: Suite = {
  name: 'fleet',
  method:
    '1,000 nodes of 8 processes every 15 s, a compressed scrape every 15 s on a new connection; a round is 15 s, after one to warm up. Processor time has both, and the meter in the process.',
  run,
};
