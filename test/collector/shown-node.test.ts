import { expect, it } from 'vitest';
import { FAMILIES } from '../../src/collector/metrics-table.ts';
import { hasChanged, showNode } from '../../src/collector/shown-node.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { viewAfterCycles } from '../helpers/cycles.ts';

function changedFamilies(before: NodeView, after: NodeView): readonly string[] {
  const shown = showNode(before);
  return FAMILIES.filter((family) => hasChanged(family, shown, showNode(after, shown))).map(({ name }) => name);
}

it('finds changed by a cycle in which all stayed well only the families that count it or tell its time', () => {
  expect(changedFamilies(viewAfterCycles(1), viewAfterCycles(2))).toEqual([
    'genesis_process_connects_total',
    'genesis_probes_total',
    'genesis_probe_last_run_timestamp_seconds',
    'genesis_probe_last_success_timestamp_seconds',
  ]);
});

it('finds nothing changed in a view that shows the same', () => {
  expect(changedFamilies(viewAfterCycles(1), viewAfterCycles(1))).toEqual([]);
});

it('finds changed whatever has series of a process that came, went or took the place of another', () => {
  const [one, two] = [viewAfterCycles(1), viewAfterCycles(1, 'C')];
  const other = viewAfterCycles(1, 'D');
  for (const [before, after] of [
    [one, two],
    [two, one],
    [two, other],
  ] as const) {
    expect(changedFamilies(before, after)).toContain('genesis_process_healthy');
    expect(changedFamilies(before, after)).not.toContain('genesis_process_lmdb_size_bytes');
    expect(changedFamilies(before, after)).not.toContain('genesis_node_healthy');
  }
});

it('keeps the labels of processes that were shown before', () => {
  const before = showNode(viewAfterCycles(1));
  const after = showNode(viewAfterCycles(2, 'C'), before);
  expect(after.nodeLabels).toBe(before.nodeLabels);
  expect(after.processLabels.slice(0, 2).map((labels, at) => labels === before.processLabels[at])).toEqual([
    true,
    true,
  ]);
  expect(after.processLabels[2]).toEqual({ genesis_node: 'a', process: 'C' });
});
