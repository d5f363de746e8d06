import { startExporter } from '../exporter.ts';
import { atLeast, atMost, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { comparePair } from '../pair.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import type { LoadResult } from '../wrk.ts';

const ACCEPT = 'application/openmetrics-text;version=1.0.0';
const SIZES = [
  { nodes: 1, connections: 50 },
  { nodes: 300, connections: 4 },
] as const;

/** The ratios of OpenMetrics by the text format, one for each round, on one exporter of so many nodes. */
async function compareFormats(
  { nodes, connections }: (typeof SIZES)[number],
  { folder, rounds, keep }: SuiteContext,
): Promise<readonly LoadResult[]> {
  const fleet = await keep(startFleet({ nodes }));
  const exporter = await keep(startExporter({ healthUrls: fleet.healthUrls, interval: '15s', folder }));
  const url = `${exporter.url}/metrics`;
  const results: LoadResult[] = [];
  for (let round = 0; round < rounds; round++) {
    const options = { connections, warmTurns: round === 0 ? 5 : 0, turns: 8, start: round, subjectAccept: ACCEPT };
    results.push(await comparePair(url, url, options));
  }
  await Promise.all([exporter.stop(), fleet.stop()]);
  return results;
}

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const size of SIZES) {
    const results = await compareFormats(size, context);
    const subject = `/metrics of ${size.nodes === 1 ? 'one node' : `${size.nodes} nodes`} as OpenMetrics, by the text format`;
    findings.push(
      {
        what: `${subject}: requests a second`,
        rounds: results.map(({ requestsPerSecond }) => requestsPerSecond),
        unit: '',
        target: atLeast(0.9),
      },
      {
        what: `${subject}: 99th percentile of the latency`,
        rounds: results.map(({ p99Ms }) => p99Ms),
        unit: '',
        target: atMost(1.1),
      },
    );
  }
  return findings;
}

/** What OpenMetrics costs beside the text format. */
export const OPENMETRICS: Suite = {
  name: 'openmetrics',
  method:
    'One exporter that probes every 15 s. wrk requests /metrics for a second in each format in turn, 8 times a round, and the median of the ratios counts: one node with 50 connections, 300 nodes with 4.',
  run,
};
