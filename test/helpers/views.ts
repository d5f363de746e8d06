import type { GenesisNode } from '../../src/domain/node.ts';
import { type ProbeUpdate, recordUpdate } from '../../src/domain/record.ts';
import { emptySnapshot } from '../../src/domain/snapshot.ts';
import { type NodeView, viewNode } from '../../src/domain/view.ts';

/** The wall clock of the tests runs this far ahead of the monotonic one. */
export const WALL_AHEAD_MS = 1_000_000;

/** A node's view at `nowMs` after updates that were each recorded at a moment of their own. */
export function viewAfter(
  node: GenesisNode,
  updates: readonly (readonly [number, ProbeUpdate])[],
  nowMs: number,
): NodeView {
  let snapshot = emptySnapshot(node);
  for (const [monotonicMs, update] of updates) {
    ({ snapshot } = recordUpdate(snapshot, update, { monotonicMs, wallMs: monotonicMs + WALL_AHEAD_MS }));
  }
  return viewNode(snapshot, nowMs);
}
