import { expect, it } from 'vitest';
import { FAMILIES } from '../../src/collector/metrics-table.ts';
import { createNodeRenderer, type NodeText } from '../../src/collector/node-text.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { aNode, aReport, connected, good } from '../domain/builders.ts';
import { troubledView } from '../helpers/example-views.ts';
import { viewAfter } from '../helpers/views.ts';

const NODE = aNode({ name: 'a', connectProcesses: 'all' });

/** A node of two processes after so many cycles in which all was well. */
function viewAfterCycles(cycles: number, ...others: readonly string[]): NodeView {
  const names = ['A', 'B', ...others];
  const updates = Array.from({ length: cycles }, (_, cycle) => {
    const atMs = 1000 * (cycle + 1);
    const health = good(atMs, ...names.map((name) => aReport(name, { port: 8000 })));
    return [atMs, { health, connects: new Map(names.map((name) => [name, connected(atMs, 'ok', 8000)])) }] as const;
  });
  return viewAfter(NODE, updates, 1000 * cycles);
}

function renderedAnew(before: NodeText, after: NodeText): readonly string[] {
  return FAMILIES.filter((_, family) => after.samples[family] !== before.samples[family]).map(({ name }) => name);
}

it('renders of a cycle in which all stayed well only the families that count it or tell its time', async () => {
  const render = createNodeRenderer();
  const before = await render(viewAfterCycles(1), undefined);
  expect(renderedAnew(before, await render(viewAfterCycles(2), before))).toEqual([
    'genesis_process_connects_total',
    'genesis_probes_total',
    'genesis_probe_last_run_timestamp_seconds',
    'genesis_probe_last_success_timestamp_seconds',
  ]);
});

it('renders nothing of a view that shows the same', async () => {
  const render = createNodeRenderer();
  const before = await render(viewAfterCycles(1), undefined);
  const after = await render(viewAfterCycles(1), before);
  expect(renderedAnew(before, after)).toEqual([]);
  expect(after.families).toEqual(before.families);
});

it('gives the same text with and without one of before, whatever has changed', async () => {
  const views = [
    viewAfterCycles(1),
    viewAfterCycles(2, 'C'),
    troubledView(),
    viewAfterCycles(3),
    viewAfterCycles(1, 'D'),
  ];
  const render = createNodeRenderer();
  let before: NodeText | undefined;
  for (const view of views) {
    before = await render(view, before);
    expect(before.families).toEqual((await createNodeRenderer()(view, undefined)).families);
  }
});

it('renders many nodes at once without mixing them up', async () => {
  const render = createNodeRenderer();
  const views = Array.from({ length: 20 }, (_, index) => viewAfterCycles(1, `ONLY_${index}`));
  const texts = await Promise.all(views.map((view) => render(view, undefined)));
  texts.forEach(({ families }, index) => {
    const only = new Set(families.join('').match(/ONLY_\d+/g));
    expect([...only]).toEqual([`ONLY_${index}`]);
  });
});

it('has 11 series for a process, and 10 more where it is connected to', async () => {
  async function seriesOfA(view: NodeView): Promise<number> {
    const { families } = await createNodeRenderer()(view, undefined);
    return families.join('').match(/process="A"/g)?.length ?? 0;
  }
  const health = good(1, aReport('A'));
  expect(await seriesOfA(viewAfter(NODE, [[1, { health }]], 1))).toBe(11);
  expect(await seriesOfA(viewAfterCycles(1))).toBe(21);
});
