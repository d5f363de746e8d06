import type { NodeView } from '../domain/view.ts';
import { formatHealthRows } from '../genesis/health-json.ts';
import type { HealthNode } from './health-verdict.ts';

/** The JSON array of all rows of some nodes; each names its node where that is to be shown. */
export type HealthText = (nodes: readonly HealthNode[], showsNode: boolean) => string;

/** Makes the rows of a node once for each of its views. */
export function createHealthText(): HealthText {
  const plain = new WeakMap<NodeView, string>();
  const named = new WeakMap<NodeView, string>();

  function rowsOf({ view, processes }: HealthNode, showsNode: boolean): string {
    const node = showsNode ? view.snapshot.node.name : undefined;
    if (processes !== view.processes) return formatHealthRows(processes, node);
    const kept = showsNode ? named : plain;
    const rows = kept.get(view) ?? formatHealthRows(processes, node);
    kept.set(view, rows);
    return rows;
  }

  return (nodes, showsNode) => {
    const rows = nodes.map((node) => rowsOf(node, showsNode)).filter((text) => text !== '');
    return `[${rows.join(',')}]`;
  };
}
