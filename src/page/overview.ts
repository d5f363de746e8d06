import type { ProcessState } from '../domain/process-state.ts';
import { type Html, html } from './html.ts';
import { nodeState } from './node-section.ts';
import type { NodeInfo } from './nodes-answer.ts';
import { stateHtml } from './parts.ts';
import { STATES_WORST_FIRST, worstState } from './words.ts';

/** The worst state of all nodes and what the page's title says of it. */
export interface Overall {
  readonly state: ProcessState;
  readonly title: string;
}

/** How it stands with all nodes together. */
export function overallState(nodes: readonly NodeInfo[]): Overall {
  const unhealthy = nodes.filter(({ healthy }) => !healthy);
  const state = nodes.length === 0 ? 'UNKNOWN' : worstState(nodes.map(nodeState));
  const summary =
    nodes.length === 0 ? 'no nodes' : unhealthy.length === 0 ? 'all healthy' : `${unhealthy.length} not healthy`;
  return { state, title: `${summary} – Genesis` };
}

/** How many nodes and processes are in which state; each number leads to those it counts. */
export function overviewHtml(nodes: readonly NodeInfo[]): Html {
  const healthy = nodes.filter((node) => node.healthy).length;
  const unknown = nodes.filter((node) => nodeState(node) === 'UNKNOWN').length;
  const counts = new Map<ProcessState, number>();
  for (const { processes } of nodes) for (const { state } of processes) counts.set(state, (counts.get(state) ?? 0) + 1);
  const tiles = STATES_WORST_FIRST.map((state) => tileHtml(state, counts.get(state) ?? 0));
  return html`<p class="sum"><strong>${nodes.length}</strong> ${nodes.length === 1 ? 'node' : 'nodes'}: ${healthy} healthy, ${nodes.length - healthy - unknown} not healthy, ${unknown} unknown</p>
<ul class="tiles" aria-label="Processes by state">${tiles}</ul>`;
}

function tileHtml(state: ProcessState, count: number): Html {
  return html`<li class="${count === 0 ? 'zero' : state}"><a class="tile" href="./?state=${state}"><strong>${count}</strong> ${stateHtml(state)}</a></li>`;
}
