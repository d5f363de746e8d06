import { createMetricsPage } from '../../src/collector/page.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { atMost, type Finding } from '../finding.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { createSyntheticNode } from '../views.ts';

const NODES = 1000;
const CHANGES = 20;
const COLD_SERIES = 100_000;

const nothing = Promise.resolve('');

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
  const views: NodeView[] = fleet.map(({ cycle }) => cycle());
  const page = createMetricsPage({ views: () => views, ownMetrics: () => nothing });
  const full = await timed(page.render);
  const version = await page.render();
  const series = version.body().toString('latin1').match(/^[^#]/gm)?.length ?? 0;
  return { fleet, views, page, full, series };
}

async function run({ rounds, tell }: SuiteContext): Promise<readonly Finding[]> {
  const perChange: number[] = [];
  const blocked: number[] = [];
  const seriesPerNode = (await cold(1)).series;
  for (let round = 0; round < rounds; round++) {
    const { fleet, views, page, full } = await cold(NODES);
    let changesMs = 0;
    for (let change = 0; change < CHANGES; change++) {
      const index = (change * 37) % NODES;
      const view = fleet[index]?.cycle();
      if (view !== undefined) views[index] = view;
      changesMs += (await timed(page.render)).tookMs;
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
