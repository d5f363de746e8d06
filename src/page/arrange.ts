import type { NodeOrder } from './filter.ts';
import { type Html, html } from './html.ts';
import { nodeState } from './node-section.ts';
import type { NodeInfo } from './nodes-answer.ts';
import { nodeStateHtml, urlEncode } from './parts.ts';
import { STATES_WORST_FIRST, worstState } from './words.ts';

/** The nodes of one cluster. */
export interface ClusterGroup {
  /** Empty where none is configured. */
  readonly cluster: string;
  readonly nodes: readonly NodeInfo[];
}

/** Nodes by cluster, in the order given, or in each cluster and among clusters the worst first. */
export function groupByCluster(nodes: readonly NodeInfo[], order: NodeOrder): readonly ClusterGroup[] {
  const byCluster = new Map<string, NodeInfo[]>();
  for (const node of nodes) {
    const group = byCluster.get(node.cluster) ?? [];
    group.push(node);
    byCluster.set(node.cluster, group);
  }
  const groups = [...byCluster].map(([cluster, group]) => ({ cluster, nodes: group }));
  if (order === '') return groups;
  return groups
    .map(({ cluster, nodes: group }) => ({ cluster, nodes: group.toSorted((a, b) => rank(a) - rank(b)) }))
    .toSorted((a, b) => Math.min(...a.nodes.map(rank)) - Math.min(...b.nodes.map(rank)));
}

function rank(node: NodeInfo): number {
  return STATES_WORST_FIRST.indexOf(nodeState(node));
}

/** The element that heads the nodes of a cluster. */
export function clusterId(cluster: string): string {
  return `cluster:${urlEncode(cluster)}`;
}

/** The line above the nodes of a cluster. */
export function clusterHeadingHtml({ cluster, nodes }: ClusterGroup): Html {
  const unhealthy = nodes.filter(({ healthy }) => !healthy).length;
  const state = unhealthy === 0 ? 'UP' : worstState(nodes.map(nodeState));
  const unknown = nodes.filter((node) => !node.healthy && nodeState(node) === 'UNKNOWN').length;
  const counts = [
    `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}`,
    ...(unhealthy > unknown ? [`${unhealthy - unknown} not healthy`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ].join(', ');
  return html`<h3 class="cluster" id="${clusterId(cluster)}">${cluster === '' ? 'no cluster' : cluster} ${nodeStateHtml(state, unhealthy === 0)} <span class="tags">${counts}</span></h3>
`;
}
