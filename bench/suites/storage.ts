import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ExporterOptions, startExporter } from '../exporter.ts';
import { atMost, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { addLongHistory, bytesOfBusyDay } from '../long-history.ts';
import { inTurn, median, ratios } from '../stats.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { watchInterval } from '../watch.ts';

const NODES = 1000;
const INTERVAL_MS = 15_000;
const REQUESTS = 20;
const BOTH = ['with', 'without'] as const;

type Values = Record<(typeof BOTH)[number], number[]>;
const noValues = (): Values => ({ with: [], without: [] });

/** The median of some requests, in milliseconds. */
async function latencyMs(url: string): Promise<number> {
  const values: number[] = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    const startedMs = performance.now();
    const response = await fetch(url);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    values.push(performance.now() - startedMs);
  }
  return median(values);
}

function emptyFolder(folder: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

async function run({ folder, rounds, keep, tell }: SuiteContext): Promise<readonly Finding[]> {
  const fleet = await keep(startFleet({ nodes: NODES }));
  const stormy = await keep(startFleet({ nodes: NODES, changeMs: INTERVAL_MS }));
  const options = { healthUrls: fleet.healthUrls, interval: `${INTERVAL_MS}ms`, folder, inside: 'loop-meter.js' };
  const [cpu, memory, storm, starts] = [noValues(), noValues(), noValues(), noValues()];
  const api = { day: [] as number[], all: [] as number[], page: [] as number[], loop: [] as number[] };
  const fresh = (name: string, store: string) => (name === 'with' ? { storage: emptyFolder(folder, store) } : {});
  const startOf = (more: Partial<ExporterOptions>) => keep(startExporter({ ...options, ...more }));

  for (let round = 0; round < rounds; round += 1) {
    for (const name of inTurn(BOTH, round)) {
      const exporter = await startOf(fresh(name, `rest-${round}`));
      await watchInterval(exporter, INTERVAL_MS, false);
      const costs = await watchInterval(exporter, INTERVAL_MS, false);
      memory[name].push(exporter.pssBytes() / 1e6);
      await exporter.stop();
      cpu[name].push(costs.cpuPercent);
      const inStorm = await startOf({ ...fresh(name, `storm-${round}`), healthUrls: stormy.healthUrls });
      await watchInterval(inStorm, INTERVAL_MS, false);
      storm[name].push((await watchInterval(inStorm, INTERVAL_MS, false)).loop.p99Ms);
      await inStorm.stop();
    }
    tell(`round ${round + 1}: at rest and in a storm`);
  }

  const full = emptyFolder(folder, 'full');
  const writing = await startOf({ storage: full });
  await pause(INTERVAL_MS + 5000);
  await writing.stop();
  addLongHistory(full);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of inTurn(BOTH, round)) {
      const startedMs = performance.now();
      const exporter = await startOf(name === 'with' ? { storage: full } : {});
      starts[name].push(performance.now() - startedMs);
      if (name === 'with') {
        await exporter.ask();
        const from = (days: number) => encodeURIComponent(new Date(Date.now() - days * 86_400_000).toISOString());
        const history = `${exporter.url}/api/v1/history?node=node-1`;
        api.day.push(await latencyMs(`${history}&from=${from(1)}`));
        api.all.push(await latencyMs(`${history}&from=${from(90)}`));
        api.page.push(await latencyMs(`${exporter.url}/nodes/node-1?window=90d`));
        api.loop.push((await watchInterval(exporter, 1000, false)).loop.p99Ms);
      }
      await exporter.stop();
    }
    tell(`round ${round + 1}: start and history`);
  }
  const extra = memory.with.map((megabytes, round) => megabytes - (memory.without[round] ?? Number.NaN));
  const busy = bytesOfBusyDay(emptyFolder(folder, 'busy')) / 1e6;
  const ms = (what: string, values: readonly number[], max: number): Finding => {
    return { what, rounds: values, unit: 'ms', target: atMost(max) };
  };
  return [
    {
      what: 'processor time of 1,000 nodes at rest, by the same without a store',
      rounds: ratios(cpu.with, cpu.without),
      unit: '',
      target: atMost(1.03),
    },
    {
      what: 'more memory (PSS) than without a store, the storage process included',
      rounds: extra,
      unit: 'MB',
      target: atMost(25),
    },
    ms("all 8,000 processes change in one interval, 99th percentile of the loop's delay", storm.with, 10),
    { what: 'the same without a store', rounds: storm.without, unit: 'ms', target: undefined },
    {
      what: 'a start with 90 days of 1,000 nodes until each was probed, by a start without a store',
      rounds: ratios(starts.with, starts.without),
      unit: '',
      target: atMost(1.15),
    },
    ms('/api/v1/history of one node, 24 hours', api.day, 20),
    ms('/api/v1/history of one node, 90 days', api.all, 100),
    ms('/nodes/NODE with 90 days', api.page, 50),
    ms("99th percentile of the loop's delay meanwhile", api.loop, 10),
    { what: 'a busy day of one node on disk', rounds: [busy], unit: 'MB', target: undefined },
  ];
}

/** What a store costs. */
export const STORAGE: Suite = {
  name: 'storage',
  method:
    '1,000 nodes of 8 processes every 15 s, with a store and without one; a round is one interval, after one to warm up. Processor time and memory include the storage process. The history is 100 changes of each process over 90 days; requests one after the other, the median of 20. A busy day has a change of each process every ten minutes.',
  run,
};
