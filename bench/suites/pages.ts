import { setTimeout as pause } from 'node:timers/promises';
import { startOwn } from '../candidate.ts';
import { startExporter } from '../exporter.ts';
import { atLeast, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { saveReadyBytes } from '../ready-bytes.ts';
import { inTurn, median, ratios } from '../stats.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { load } from '../wrk.ts';

const SIZES = [
  { nodes: 66, size: '1 MB' },
  { nodes: 1000, size: '15 MB' },
] as const;
const STARTS_PER_ROUND = 2;
const WARM_SLICES = 1;
const SLICES = 3;
const NAMES = ['exporter', 'limit', 'twin'] as const;

type Rates = Readonly<Record<(typeof NAMES)[number], number[]>>;

/** Starts all programs, whose pace differs from start to start, and asks each in turn. */
async function startAndMeasure(
  healthUrls: readonly string[],
  turn: number,
  rates: Rates,
  { folder, keep }: SuiteContext,
): Promise<void> {
  const exporter = await keep(startExporter({ healthUrls, interval: '1h', folder }));
  // For the connect probes to end.
  await pause(3000);
  const ready = await saveReadyBytes(exporter.url, ['/metrics'], folder);
  const limit = await keep(startOwn('bare-server', [ready]));
  const twin = await keep(startOwn('bare-server', [ready]));
  const urls = { exporter: exporter.url, limit: limit.said, twin: twin.said };
  for (let slice = -WARM_SLICES; slice < SLICES; slice++) {
    for (const name of inTurn(NAMES, turn + slice)) {
      const { requestsPerSecond } = await load(`${urls[name]}/metrics`, { seconds: 1, connections: 2 });
      if (slice >= 0) rates[name].push(requestsPerSecond);
    }
  }
  await Promise.all([exporter, limit, twin].map((each) => each.stop()));
}

async function servePage({ nodes, size }: (typeof SIZES)[number], context: SuiteContext): Promise<readonly Finding[]> {
  const fleet = await context.keep(startFleet({ nodes }));
  const medians: Rates = { exporter: [], limit: [], twin: [] };
  for (let round = 0; round < context.rounds; round++) {
    const rates: Rates = { exporter: [], limit: [], twin: [] };
    for (let start = 0; start < STARTS_PER_ROUND; start++) {
      await startAndMeasure(fleet.healthUrls, round * STARTS_PER_ROUND + start, rates, context);
    }
    for (const name of NAMES) medians[name].push(median(rates[name]));
  }
  await fleet.stop();
  const what = `/metrics of ${size}, requests a second`;
  const { exporter, limit, twin } = medians;
  return [
    { what: `${what}, by bare node:http`, rounds: ratios(exporter, limit), unit: '', target: atLeast(0.95) },
    { what: `${what}, of a second bare node:http, by it`, rounds: ratios(twin, limit), unit: '', target: undefined },
  ];
}

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const size of SIZES) findings.push(...(await servePage(size, context)));
  return findings;
}

/** How fast large pages are served. */
export const PAGES: Suite = {
  name: 'pages',
  method:
    '66 and 1,000 nodes of 8 processes, probed once. Each round starts all anew twice; once warm, wrk asks each in turn for a second with 2 connections, three times a start, not compressed; the median counts.',
  run,
};
