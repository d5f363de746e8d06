import { setTimeout as pause } from 'node:timers/promises';
import { startOwn } from '../candidate.ts';
import { startExporter } from '../exporter.ts';
import { atLeast, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { comparePair } from '../pair.ts';
import { saveReadyBytes } from '../ready-bytes.ts';
import { median } from '../stats.ts';
import type { Suite, SuiteContext } from '../suite.ts';

const SIZES = [
  { nodes: 66, size: '1 MB' },
  { nodes: 1000, size: '15 MB' },
] as const;
/** The pace of both differs from start to start. */
const STARTS_PER_ROUND = 2;
const LOAD = { connections: 2, warmTurns: 1, turns: 5 } as const;

/** The exporter's rate by that of the bare server, of one start. */
async function startAndCompare(
  healthUrls: readonly string[],
  start: number,
  { folder, keep }: SuiteContext,
): Promise<number> {
  const exporter = await keep(startExporter({ healthUrls, interval: '1h', folder }));
  // For the connect probes to end.
  await pause(3000);
  const limit = await keep(startOwn('bare-server', [await saveReadyBytes(exporter.url, ['/metrics'], folder)]));
  const options = { ...LOAD, start };
  const { requestsPerSecond } = await comparePair(`${exporter.url}/metrics`, `${limit.said}/metrics`, options);
  await Promise.all([exporter.stop(), limit.stop()]);
  return requestsPerSecond;
}

async function servePage({ nodes, size }: (typeof SIZES)[number], context: SuiteContext): Promise<Finding> {
  const fleet = await context.keep(startFleet({ nodes }));
  const medians: number[] = [];
  for (let round = 0; round < context.rounds; round++) {
    const starts: number[] = [];
    for (let start = 0; start < STARTS_PER_ROUND; start++)
      starts.push(await startAndCompare(fleet.healthUrls, round + start, context));
    medians.push(median(starts));
  }
  await fleet.stop();
  const what = `/metrics of ${size}, requests a second, by bare node:http`;
  return { what, rounds: medians, unit: '', target: atLeast(0.95) };
}

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const size of SIZES) findings.push(await servePage(size, context));
  return findings;
}

/** How fast large pages are served. */
export const PAGES: Suite = {
  name: 'pages',
  method: `66 and 1,000 nodes of 8 processes, probed once. Each round starts both servers anew twice; once warm, wrk asks each in turn for a second with 2 connections, ${LOAD.turns} times, not compressed; the median of the ratios counts.`,
  run,
};
