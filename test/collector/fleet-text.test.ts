import { expect, it } from 'vitest';
import { createFleetText } from '../../src/collector/fleet-text.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { aNode, aReport, good } from '../domain/builders.ts';
import { viewAfterCycles } from '../helpers/cycles.ts';
import { troubledView } from '../helpers/example-views.ts';
import { viewAfter } from '../helpers/views.ts';

async function chunksOf(...views: readonly NodeView[]): Promise<readonly Buffer[]> {
  const text = createFleetText();
  await text.update(views);
  return (await text.join()).rendered;
}

async function textOf(...views: readonly NodeView[]): Promise<string> {
  return Buffer.concat(await chunksOf(...views)).toString();
}

it('says the same of a node whatever it was before', async () => {
  const text = createFleetText();
  for (const view of [viewAfterCycles(1), viewAfterCycles(2, 'C'), viewAfterCycles(3), viewAfterCycles(1, 'D')]) {
    await text.update([view, troubledView()]);
    expect(Buffer.concat((await text.join()).rendered).toString()).toBe(await textOf(view, troubledView()));
  }
});

it('renders after a cycle of one of many nodes what it has changed, for the node and its neighbours alone', async () => {
  const views = Array.from({ length: 200 }, (_, index) =>
    viewAfter(aNode({ name: `node-${index}` }), [[1, { health: good(1, aReport('A')) }]], 2),
  );
  const text = createFleetText();
  await text.update(views);
  const before = new Set((await text.join()).rendered);
  const updates = [1, 2].map((atMs) => [atMs, { health: good(atMs, aReport('A')) }] as const);
  await text.update(views.with(120, viewAfter(aNode({ name: 'node-120' }), updates, 2)));
  const fresh = (await text.join()).rendered.filter((chunk) => !before.has(chunk)).map(String);
  expect(fresh.map((lines) => lines.slice(0, lines.indexOf('{')))).toEqual([
    'genesis_probes_total',
    'genesis_probe_last_run_timestamp_seconds',
    'genesis_probe_last_success_timestamp_seconds',
  ]);
  for (const lines of fresh) expect(lines.match(/node-\d+/g)).toHaveLength(50);
});

it('has 11 series for a process, and 10 more where it is connected to', async () => {
  async function seriesOfA(view: NodeView): Promise<number> {
    return (await textOf(view)).match(/process="A"/g)?.length ?? 0;
  }
  const health = good(1, aReport('A'));
  expect(await seriesOfA(viewAfter(aNode({ connectProcesses: 'all' }), [[1, { health }]], 1))).toBe(11);
  expect(await seriesOfA(viewAfterCycles(1))).toBe(21);
});
