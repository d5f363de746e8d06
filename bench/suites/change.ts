import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMetricsPage } from '../../src/collector/page.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { atMost, type Finding } from '../finding.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { createSyntheticNode } from '../views.ts';

const NODES = 1000;
const CHANGES = 20;
const COLD_SERIES = 100_000;

const nothing = Promise.resolve('');
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Milliseconds that some work takes, and the longest in which nothing else had its turn. */
async function timed(work: () => Promise<unknown>): Promise<{ readonly tookMs: number; readonly blockedMs: number }> {
  const startedMs = performance.now();
  let lastMs = startedMs;
  let blockedMs = 0;
  function look(): void {
    const nowMs = performance.now();
    blockedMs = Math.max(blockedMs, nowMs - lastMs);
    lastMs = nowMs;
    immediate = setImmediate(look);
  }
  let immediate = setImmediate(look);
  await work();
  const tookMs = performance.now() - startedMs;
  blockedMs = Math.max(blockedMs, performance.now() - lastMs);
  clearImmediate(immediate);
  return { tookMs, blockedMs };
}

async function cold(nodes: number) {
  const fleet = Array.from({ length: nodes }, (_, index) => createSyntheticNode(`node-${index}`));
  let views: readonly NodeView[] = fleet.map(({ cycle }) => cycle());
  const page = createMetricsPage({ views: () => views, ownMetrics: () => nothing });
  /** One more cycle of one node: the list of views is another then, as that of the store is. */
  function change(index: number): void {
    const view = fleet[index]?.cycle();
    if (view !== undefined) views = views.with(index, view);
  }
  // What it took to make the fleet is no part of the page.
  collectGarbage();
  const full = await timed(page.render);
  const version = await page.render();
  const series = Buffer.concat(version.chunks()).toString('latin1').match(/^[^#]/gm)?.length ?? 0;
  return { change, page, full, series };
}

async function run({ rounds, tell }: SuiteContext): Promise<readonly Finding[]> {
  const perChange: number[] = [];
  const blocked: number[] = [];
  const seriesPerNode = (await cold(1)).series;
  for (let round = 0; round < rounds; round++) {
    const { change, page, full } = await cold(NODES);
    let changesMs = 0;
    for (let turn = 0; turn < CHANGES; turn++) {
      const before = await page.render();
      change((turn * 37) % NODES);
      changesMs += (await timed(page.render)).tookMs;
      if ((await page.render()) === before) throw new Error('the page does not show the change');
    }
    perChange.push(changesMs / CHANGES / full.tookMs);
    const { full: hundred, series } = await cold(Math.ceil(COLD_SERIES / seriesPerNode));
    tell(`full ${full.tookMs.toFixed(0)} ms, a change ${(changesMs / CHANGES).toFixed(1)} ms, ${series} series`);
    blocked.push(hundred.blockedMs);
  }
  return [
    {
      what: 'a page after one of 1,000 nodes has changed, by a full one',
      rounds: perChange,
      unit: '',
      target: atMost(0.05),
    },
    {
      what: 'a cold page of 100,000 series, the longest time without a turn',
      rounds: blocked,
      unit: 'ms',
      target: atMost(15),
    },
  ];
}

/** What rendering costs, and how it shares the event loop. */
export const CHANGE: Suite = {
  name: 'change',
  method: 'In one process, without a network: 1,000 nodes of 8 processes, then twenty times a cycle of one of them.',
  run,
};
