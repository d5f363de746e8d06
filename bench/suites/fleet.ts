import { setTimeout as pause } from 'node:timers/promises';
import { startOwn } from '../candidate.ts';
import { startExporter } from '../exporter.ts';
import { atMost, type Finding, type Target } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { readCounter } from '../scrape.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { type Costs, watchInterval } from '../watch.ts';

const NODES = 1000;
const INTERVAL_MS = 15_000;
const MISSED = 'genesis_exporter_missed_ticks_total';
/** Later than this and a probe is late: a hundredth of its interval. */
const LATE_MS = INTERVAL_MS / 100;

/** The fleet that an exporter watches. */
interface FleetKind {
  /** So many of its nodes never answer. */
  readonly hanging: number;
  /** Whether the nodes are configured by host names. */
  readonly isNamed: boolean;
  /** Whether there are also rounds in which no one scrapes. */
  readonly isUnscrapedFirst: boolean;
}

/** What was measured of a fleet, a value for each round. */
interface Watched {
  /** Of intervals before anybody scraped. */
  readonly probing: readonly Costs[];
  readonly costs: readonly Costs[];
  readonly latestMs: readonly number[];
  readonly missedTicks: number;
}

/** What a bare loop of the same requests takes at the same pace, in per cent of one core. */
async function watchBareLoop({ rounds, keep }: SuiteContext): Promise<readonly number[]> {
  const fleet = await keep(startFleet({ nodes: NODES, intervalMs: INTERVAL_MS }));
  const { healthUrls } = fleet;
  const loop = await keep(startOwn('bare-loop', [JSON.stringify({ healthUrls, intervalMs: INTERVAL_MS })]));
  await pause(INTERVAL_MS);
  const percents: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const cpuBefore = loop.cpuMs();
    await pause(INTERVAL_MS);
    percents.push((100 * (loop.cpuMs() - cpuBefore)) / INTERVAL_MS);
  }
  await Promise.all([fleet.stop(), loop.stop()]);
  await pause(1000);
  return percents;
}

/** Watches an exporter on a fleet for some rounds of one interval each. */
export async function watchFleet(
  { hanging, isNamed, isUnscrapedFirst }: FleetKind,
  { folder, rounds, keep, tell }: SuiteContext,
): Promise<Watched> {
  const fleet = await keep(startFleet({ nodes: NODES, hanging, intervalMs: INTERVAL_MS }));
  const healthUrls = isNamed ? fleet.healthUrls.map(withName) : fleet.healthUrls;
  const inside = isNamed ? 'lookup-hook.js' : 'loop-meter.js';
  const exporter = await keep(startExporter({ healthUrls, interval: '15s', folder, inside }));
  const probing: Costs[] = [];
  const costs: Costs[] = [];
  const latestMs: number[] = [];
  // One interval to warm up each.
  for (let round = -1; isUnscrapedFirst && round < rounds; round++) {
    const cost = await watchInterval(exporter, INTERVAL_MS, false);
    if (round >= 0) probing.push(cost);
  }
  for (let round = -1; round < rounds; round++) {
    await fleet.record();
    const cost = await watchInterval(exporter, INTERVAL_MS);
    if (round < 0) continue;
    costs.push(cost);
    latestMs.push((await fleet.record()).latestMs);
    tell(`${hanging} of ${NODES} hanging, round ${round + 1}: ${cost.cpuPercent.toFixed(1)} %`);
  }
  const missedTicks = await readCounter(exporter.url, MISSED);
  await Promise.all([fleet.stop(), exporter.stop()]);
  await pause(1000);
  return { probing, costs, latestMs, missedTicks };
}

function withName(healthUrl: string): string {
  return healthUrl.replace(/127\.91\.0\.(\d+)/, 'h$1.fleet.example');
}

/** What was measured of a fleet, as findings. */
export function describe(subject: string, { probing, costs, latestMs, missedTicks }: Watched): readonly Finding[] {
  const of = (all: readonly Costs[], figure: (cost: Costs) => number): readonly number[] => all.map(figure);
  const found: readonly [string, readonly number[], string, Target | undefined][] = [
    ['processor for probing, of one core', of(probing, ({ cpuPercent }) => cpuPercent), '%', atMost(7)],
    ['processor with a scrape, of one core', of(costs, ({ cpuPercent }) => cpuPercent), '%', undefined],
    ['event-loop delay, 99th percentile', of(costs, ({ loop }) => loop.p99Ms), 'ms', atMost(10)],
    ['event-loop delay, longest', of(costs, ({ loop }) => loop.maxMs), 'ms', atMost(30)],
    ['resident memory, highest', of(costs, ({ rssBytes }) => rssBytes / 1e6), 'MB', atMost(230)],
    ['the latest probe of a node that answers', latestMs, 'ms', atMost(LATE_MS)],
    ['missed ticks', [missedTicks], '', atMost(0)],
  ];
  const measured = found.filter(([, rounds]) => rounds.length > 0);
  return measured.map(([what, rounds, unit, target]) => ({ what: `${subject}: ${what}`, rounds, unit, target }));
}

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const bare = await watchBareLoop(context);
  const byAddress = { isNamed: false } as const;
  const answering = await watchFleet({ ...byAddress, hanging: 0, isUnscrapedFirst: true }, context);
  const hanging = await watchFleet({ ...byAddress, hanging: NODES / 2, isUnscrapedFirst: false }, context);
  const limit: Finding = {
    what: '1,000 nodes: processor of a bare loop of the same requests, of one core',
    rounds: bare,
    unit: '%',
    target: undefined,
  };
  return [limit, ...describe('1,000 nodes', answering), ...describe('the same with 500 of them hanging', hanging)];
}

/** What a large fleet costs. */
export const FLEET: Suite = {
  name: 'fleet',
  method:
    '1,000 nodes of 8 processes every 15 s, first without a scrape, then with a compressed one every 15 s on a new connection; a round is 15 s, after one to warm up. Processor time has the meter in the process in it.',
  run,
};
