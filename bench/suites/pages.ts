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
const SLICES = 7;

async function servePage({ nodes, size }: (typeof SIZES)[number], context: SuiteContext): Promise<Finding> {
  const { folder, rounds, keep } = context;
  const fleet = await keep(startFleet({ nodes }));
  const exporter = await keep(startExporter({ healthUrls: fleet.healthUrls, interval: '1h', folder }));
  // For the connect probes to end.
  await pause(3000);
  const limit = await keep(startOwn('bare-server', [await saveReadyBytes(exporter.url, ['/metrics'], folder)]));
  const rates = { exporter: [] as number[], limit: [] as number[] };
  const urls = { exporter: exporter.url, limit: limit.said };
  for (let round = 0; round < rounds; round++) {
    const slices = { exporter: [] as number[], limit: [] as number[] };
    for (let slice = 0; slice < SLICES; slice++) {
      for (const name of inTurn(['exporter', 'limit'] as const, round + slice)) {
        const { requestsPerSecond } = await load(`${urls[name]}/metrics`, { seconds: 1, connections: 2 });
        slices[name].push(requestsPerSecond);
      }
    }
    rates.exporter.push(median(slices.exporter));
    rates.limit.push(median(slices.limit));
  }
  await Promise.all([fleet, exporter, limit].map((each) => each.stop()));
  const what = `/metrics of ${size}, requests a second, by bare node:http`;
  return { what, rounds: ratios(rates.exporter, rates.limit), unit: '', target: atLeast(0.95) };
}

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const size of SIZES) findings.push(await servePage(size, context));
  return findings;
}

/** How fast large pages are served. */
export const PAGES: Suite = {
  name: 'pages',
  method:
    '66 and 1,000 nodes of 8 processes, probed once. wrk asks each in turn for a second with 2 connections, seven times, not compressed; the median counts.',
  run,
};
