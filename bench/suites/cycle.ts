import { setTimeout as pause } from 'node:timers/promises';
import { type Candidate, startOwn } from '../candidate.ts';
import { startExporter } from '../exporter.ts';
import { atMost, type Finding } from '../finding.ts';
import { type Fleet, startFleet } from '../fleet.ts';
import { findPeer, startPeer } from '../peers.ts';
import { inTurn, ratios } from '../stats.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { driveBlackbox } from './drive-blackbox.ts';

/** One rate of cycles. */
interface Rate {
  readonly cyclesPerSecond: number;
  readonly measuredMs: number;
}

// V8 compiles the cycle for about this long.
const WARM_MS = 15_000;

/** Milliseconds of processor time for one cycle of one node, once the program is warm. */
async function cpuPerCycle(candidate: Candidate, fleet: Fleet, measuredMs: number): Promise<number> {
  await pause(WARM_MS);
  await fleet.record();
  const cpuBefore = candidate.cpuMs();
  await pause(measuredMs);
  const cpuMs = candidate.cpuMs() - cpuBefore;
  const { requests } = await fleet.record();
  await candidate.stop();
  return cpuMs / requests;
}

async function run(rate: Rate, { folder, rounds, keep }: SuiteContext): Promise<readonly Finding[]> {
  const fleet = await keep(startFleet({ nodes: rate.cyclesPerSecond }));
  const { healthUrls } = fleet;
  const blackbox = findPeer('blackbox_exporter');
  const cpu = { exporter: [] as number[], limit: [] as number[], blackbox: [] as number[] };
  const measureOne = (candidate: Candidate) => cpuPerCycle(candidate, fleet, rate.measuredMs);
  const measure = {
    exporter: async () => measureOne(await keep(startExporter({ healthUrls, interval: '1s', folder }))),
    limit: async () =>
      measureOne(await keep(startOwn('bare-loop', [JSON.stringify({ healthUrls, intervalMs: 1000 })]))),
    blackbox: async () => {
      if (blackbox === undefined) return Number.NaN;
      const peer = await keep(startPeer(blackbox, folder));
      const drive = await driveBlackbox(peer.url, healthUrls);
      async function stop(): Promise<void> {
        drive.stop();
        await peer.stop();
      }
      return measureOne({ ...peer, stop });
    },
  };
  for (let round = 0; round < rounds; round++) {
    for (const name of inTurn(['exporter', 'limit', 'blackbox'] as const, round)) cpu[name].push(await measure[name]());
  }
  const findings: Finding[] = [
    {
      what: 'processor time for a cycle (health on a fresh connection, 8 connects, verdict), by a bare loop of the same requests',
      rounds: ratios(cpu.exporter, cpu.limit),
      unit: '',
      target: atMost(1.05),
    },
  ];
  const byBlackbox: Finding = {
    what: 'processor time for a cycle, by blackbox_exporter for the same nine checks',
    rounds: ratios(cpu.exporter, cpu.blackbox),
    unit: '',
    target: rate === FAST ? atMost(0.2) : undefined,
  };
  const absolute: Finding = {
    what: 'processor time for a cycle',
    rounds: cpu.exporter,
    unit: 'ms',
    target: undefined,
  };
  return [...findings, ...(blackbox === undefined ? [] : [byBlackbox]), absolute];
}

const FAST: Rate = { cyclesPerSecond: 200, measuredMs: 5000 };
const SLOW: Rate = { cyclesPerSecond: 20, measuredMs: 20_000 };

/** What a probe cycle costs at 200 cycles a second. */
export const CYCLE: Suite = {
  name: 'cycle',
  method:
    '200 nodes of 8 processes every second, a fresh connection for each health probe, nobody scrapes; 15 s to warm up, then 5 s. blackbox_exporter is asked for nine probes of one node 20 times a second. Each candidate is started anew for each round.',
  run: (context) => run(FAST, context),
};

/** What a probe cycle costs at 20 cycles a second: what 300 nodes make in an interval of 15 s. */
export const CYCLE_20: Suite = {
  name: 'cycle20',
  method: '20 nodes of 8 processes every second, spread evenly, else as in cycle; measured for 20 s.',
  run: (context) => run(SLOW, context),
};
