import { setTimeout as pause } from 'node:timers/promises';
import { startExporter } from '../exporter.ts';
import { atLeast, atMost, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { readyFileIn, saveReadyBytes } from '../ready-bytes.ts';
import { inTurn, median, ratios } from '../stats.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { type LoadResult, load } from '../wrk.ts';

const PATHS = ['/metrics', '/health/status'] as const;
const NAMES = ['exporter', 'bare'] as const;
const SETTLE_MS = 2000;
const WARM_SECONDS = 5;
const SLICES = 6;

type Loads = Readonly<Record<(typeof NAMES)[number], LoadResult[]>>;

async function measure(urls: Readonly<Record<keyof Loads, string>>): Promise<Loads> {
  const loads: Loads = { exporter: [], bare: [] };
  for (const name of NAMES) await load(urls[name], { seconds: WARM_SECONDS, connections: 50 });
  for (let slice = 0; slice < SLICES; slice++) {
    for (const name of inTurn(NAMES, slice)) loads[name].push(await load(urls[name], { seconds: 1, connections: 50 }));
  }
  return loads;
}

/** The median ratio of a start. */
function compare({ exporter, bare }: Loads, figure: keyof LoadResult): number {
  const of = (all: readonly LoadResult[]) => all.map((each) => each[figure]);
  return median(ratios(of(exporter), of(bare)));
}

async function run({ folder, rounds, keep }: SuiteContext): Promise<readonly Finding[]> {
  const { healthUrls } = await keep(startFleet({ nodes: 1 }));
  const found = PATHS.map((path) => ({ path, rates: [] as number[], p99s: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    const inside = `bare-beside.js?ready=${readyFileIn(folder)}`;
    const exporter = await keep(startExporter({ healthUrls, interval: '15s', folder, inside }));
    await saveReadyBytes(exporter.url, PATHS, folder);
    const bareUrl = `http://127.0.0.1:${await exporter.ask()}`;
    await pause(SETTLE_MS);
    for (const { path, rates, p99s } of found) {
      const loads = await measure({ exporter: exporter.url + path, bare: bareUrl + path });
      rates.push(compare(loads, 'requestsPerSecond'));
      p99s.push(compare(loads, 'p99Ms'));
    }
    await exporter.stop();
  }
  return found.flatMap(({ path, rates, p99s }): Finding[] => {
    const by = 'by bare node:http in one process';
    return [
      { what: `${path}, requests a second, ${by}`, rounds: rates, unit: '', target: atLeast(0.8) },
      { what: `${path}, 99th percentile of the latency, ${by}`, rounds: p99s, unit: '', target: atMost(1.3) },
    ];
  });
}

/** How fast small answers are served, without what makes one process faster than another. */
export const BESIDE: Suite = {
  name: 'beside',
  method:
    'One node of 8 processes. The same as before, but the bare server runs in the process of the exporter, so that what is different is the work for an answer alone. Each round starts it anew; wrk asks both in turn for a second with 50 connections, six times.',
  run,
};
