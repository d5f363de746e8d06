import { setTimeout as pause } from 'node:timers/promises';
import { type Candidate, startOwn } from '../candidate.ts';
import { startExporter } from '../exporter.ts';
import { atMost, type Finding } from '../finding.ts';
import { type Fleet, startFleet } from '../fleet.ts';
import { findPeer, startPeer } from '../peers.ts';
import { inTurn, ratios } from '../stats.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { driveBlackbox } from './drive-blackbox.ts';

const NODES = 200;
// V8 goes on compiling for so long.
const WARM_MS = 15_000;
const MEASURED_MS = 5000;

/** Milliseconds of processor time that a program takes for a cycle of one node, once it is warm. */
async function cpuPerCycle(candidate: Candidate, fleet: Fleet): Promise<number> {
  await pause(WARM_MS);
  await fleet.record();
  const cpuBefore = candidate.cpuMs();
  await pause(MEASURED_MS);
  const cpuMs = candidate.cpuMs() - cpuBefore;
  const { requests } = await fleet.record();
  await candidate.stop();
  return cpuMs / requests;
}

async function run({ folder, rounds, keep }: SuiteContext): Promise<readonly Finding[]> {
  const fleet = await keep(startFleet({ nodes: NODES }));
  const { healthUrls } = fleet;
  const blackbox = findPeer('blackbox_exporter');
  const cpu = { exporter: [] as number[], limit: [] as number[], blackbox: [] as number[] };
  const measure = {
    exporter: async () => cpuPerCycle(await keep(startExporter({ healthUrls, interval: '1s', folder })), fleet),
    limit: async () =>
      cpuPerCycle(await keep(startOwn('bare-loop', [JSON.stringify({ healthUrls, intervalMs: 1000 })])), fleet),
    blackbox: async () => {
      if (blackbox === undefined) return Number.NaN;
      const peer = await keep(startPeer(blackbox, folder));
      const drive = await driveBlackbox(peer.url, healthUrls);
      async function stop(): Promise<void> {
        drive.stop();
        await peer.stop();
      }
      return cpuPerCycle({ ...peer, stop }, fleet);
    },
  };
  for (let round = 0; round < rounds; round++) {
    for (const name of inTurn(['exporter', 'limit', 'blackbox'] as const, round)) cpu[name].push(await measure[name]());
  }
  const findings: Finding[] = [
    {
      what: 'processor time for a cycle (health, 8 connects, verdict), by a bare loop of the same requests',
      rounds: ratios(cpu.exporter, cpu.limit),
      unit: '',
      target: atMost(1.15),
    },
  ];
  const byBlackbox: Finding = {
    what: 'processor time for a cycle, by blackbox_exporter for the same nine checks',
    rounds: ratios(cpu.exporter, cpu.blackbox),
    unit: '',
    target: atMost(0.2),
  };
  return blackbox === undefined ? findings : [...findings, byBlackbox];
}

/** What a probe cycle costs. */
export const CYCLE: Suite = {
  name: 'cycle',
  method:
    '200 nodes of 8 processes every second, nobody scrapes; 15 s to warm up, then 5 s. blackbox_exporter is asked for nine probes of one node 20 times a second. Each candidate is started anew for each round.',
  run,
};
