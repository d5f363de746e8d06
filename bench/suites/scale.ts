import { setTimeout as pause } from 'node:timers/promises';
import { startExporter } from '../exporter.ts';
import { atMost, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { ratios } from '../stats.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { watchInterval } from '../watch.ts';

const FEW = 500;
const MANY = 5000;
const INTERVAL_MS = 10_000;

interface PerNode {
  readonly cpu: readonly number[];
  readonly memory: readonly number[];
}

async function measure(nodes: number, { folder, rounds, keep, tell }: SuiteContext) {
  const fleet = await keep(startFleet({ nodes }));
  const { healthUrls } = fleet;
  const exporter = await keep(startExporter({ healthUrls, interval: '10s', folder, inside: 'loop-meter.js' }));
  const cpu: number[] = [];
  const memory: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const { cpuPercent, rssBytes } = await watchInterval(exporter, INTERVAL_MS);
    if (round < 0) continue;
    tell(`${nodes} nodes, round ${round + 1}: ${cpuPercent.toFixed(1)} %, ${(rssBytes / 1e6).toFixed(0)} MB`);
    cpu.push(cpuPercent);
    memory.push(rssBytes);
  }
  await Promise.all([fleet.stop(), exporter.stop()]);
  await pause(1000);
  return { cpu, memory };
}

function perNode(nodes: number, all: PerNode, alone: PerNode): PerNode {
  const each = (values: readonly number[], base: readonly number[]) =>
    values.map((value, round) => (value - (base[round] ?? Number.NaN)) / (nodes - 1));
  return { cpu: each(all.cpu, alone.cpu), memory: each(all.memory, alone.memory) };
}

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const alone = await measure(1, context);
  const few = perNode(FEW, await measure(FEW, context), alone);
  const many = perNode(MANY, await measure(MANY, context), alone);
  return [
    {
      what: 'processor time that one node more costs, at 5,000 by at 500',
      rounds: ratios(many.cpu, few.cpu),
      unit: '',
      target: atMost(1.2),
    },
    {
      what: 'memory that one node more costs, at 5,000 by at 500',
      rounds: ratios(many.memory, few.memory),
      unit: '',
      target: atMost(1.2),
    },
    {
      what: 'memory that one node more costs, at 500',
      rounds: few.memory.map((bytes) => bytes / 1000),
      unit: 'kB',
      target: undefined,
    },
  ];
}

/** What one node more costs. */
export const SCALE: Suite = {
  name: 'scale',
  method:
    '1, 500 and 5,000 nodes of 8 processes every 10 s, a compressed scrape every 10 s; a round is 10 s, after one to warm up. What one node alone costs is taken off.',
  run,
};
