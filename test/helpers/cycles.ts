import type { NodeView } from '../../src/domain/view.ts';
import { aNode, aReport, connected, good } from '../domain/builders.ts';
import { viewAfter } from './views.ts';

const NODE = aNode({ name: 'a', connectProcesses: 'all' });

/** A node of the processes A, B and others after so many cycles, one a second, in which all was well. */
export function viewAfterCycles(cycles: number, ...others: readonly string[]): NodeView {
  const names = ['A', 'B', ...others];
  const updates = Array.from({ length: cycles }, (_, cycle) => {
    const atMs = 1000 * (cycle + 1);
    const health = good(atMs, ...names.map((name) => aReport(name, { port: 8000 })));
    return [atMs, { health, connects: new Map(names.map((name) => [name, connected(atMs, 'ok', 8000)])) }] as const;
  });
  return viewAfter(NODE, updates, 1000 * cycles);
}
