import { clusterHeadingHtml, groupByCluster } from './arrange.ts';
import type { EventInfo } from './event-info.ts';
import { latestEventsHtml } from './event-list.ts';
import { admitsAll, admitsNode, FILTER_STATES, type PageFilter } from './filter.ts';
import { frameHtml, type PageSurroundings } from './frame.ts';
import { type Html, html, NO_HTML } from './html.ts';
import { MAX_NODES_WITH_ROWS, MAX_UNFOLDED_NODES, nodeSectionHtml } from './node-section.ts';
import type { NodesAnswer } from './nodes-answer.ts';
import { overallState, overviewHtml } from './overview.ts';
import { MAX_LISTED_PROBLEMS, problemsHtml, problemsOf } from './problems.ts';
import { STRIP_PATTERNS } from './strip.ts';

/** The relative path from the page to itself, which also works below a proxy's path. */
const ROOT = './';

/** What the page shows besides the nodes. */
export interface DocumentContent {
  readonly filter: PageFilter;
  /** The latest of the fleet, the newest first; undefined when they cannot be read. */
  readonly events: readonly EventInfo[] | undefined;
}

/** The whole page, complete without its script. */
export function documentHtml(
  answer: NodesAnswer,
  { filter, events }: DocumentContent,
  surroundings: PageSurroundings,
): string {
  const { nodes, at } = answer;
  const nowMs = Date.parse(at);
  const { state, title } = overallState(nodes);
  const shown = nodes.filter((node) => admitsNode(filter, node));
  const isFew = shown.length <= MAX_UNFOLDED_NODES;
  const problems = problemsOf(nodes);
  const listed = new Set(problems.slice(0, MAX_LISTED_PROBLEMS).map(({ node }) => node));
  const groups = groupByCluster(shown, filter.order);
  const sections = groups.flatMap((group) => [
    ...(groups.length > 1 ? [clusterHeadingHtml(group)] : []),
    ...group.nodes.map((node) => {
      const isUnfolded = isFew || listed.has(node.name);
      const hasRows = isUnfolded || shown.length <= MAX_NODES_WITH_ROWS;
      return nodeSectionHtml(node, { filter, isUnfolded, hasRows, hasLastDay: hasRows, nowMs, root: ROOT });
    }),
  ]);
  const main = html`${STRIP_PATTERNS}<section id="overview" aria-label="Overview">${overviewHtml(nodes)}</section>
<section id="problems-section" aria-labelledby="problems-heading"><h2 id="problems-heading" tabindex="-1">Problems</h2>
<div id="problems">${problemsHtml(problems, { nowMs, root: ROOT })}</div></section>
<section id="events-section" aria-labelledby="events-heading"><h2 id="events-heading">Latest events</h2>
<div id="events">${latestEventsHtml(events, { nowMs, root: ROOT, hasNodes: true })}</div></section>
<section id="nodes" aria-labelledby="nodes-heading"><h2 id="nodes-heading" tabindex="-1">Nodes</h2>
${formHtml(filter, answer.names)}
<p id="matches" role="status">${matchesHtml(filter, shown.length, nodes.length)}</p>
<div id="node-list">
${sections}</div></section>`;
  const skip = { id: 'nodes', text: 'Skip to the nodes' };
  const heading = html`<h1>Genesis nodes</h1>`;
  return frameHtml({ title, state, root: ROOT, self: ROOT, skip, heading, main }, answer, surroundings);
}

/** How many nodes the filter leaves. */
export function matchesHtml(filter: PageFilter, shown: number, all: number): Html {
  if (all === 0) return html`No nodes are configured or discovered.`;
  if (admitsAll(filter)) return NO_HTML;
  return html`${shown} of ${all} nodes. <a href="${ROOT}">Show all</a>`;
}

/** The options of nodes. They include the selected name even if no such node exists. */
export function nodeOptionsHtml(names: readonly string[], chosen: string): Html {
  const options = chosen === '' || names.includes(chosen) ? names : [chosen, ...names];
  return html`<option value="">every node</option>${options.map((name) => optionHtml(name, name, chosen))}`;
}

function optionHtml(value: string, text: string, chosen: string): Html {
  return value === chosen
    ? html`<option value="${value}" selected>${text}</option>`
    : html`<option value="${value}">${text}</option>`;
}

function formHtml(filter: PageFilter, names: readonly string[]): Html {
  const words = { '': 'any state', unhealthy: 'not healthy' };
  const states = FILTER_STATES.map((state) => {
    const text = state === '' || state === 'unhealthy' ? words[state] : state;
    return optionHtml(state, text, filter.state);
  });
  const orders = [optionHtml('', 'as configured', filter.order), optionHtml('worst', 'unhealthy first', filter.order)];
  return html`<form id="filter" role="search" aria-label="Filter" action="${ROOT}">
<label>Text <input type="search" name="text" value="${filter.text}" autocomplete="off" spellcheck="false"></label>
<label>State <select name="state" autocomplete="off">${states}</select></label>
<label>Node <select name="node" autocomplete="off">${nodeOptionsHtml(names, filter.node)}</select></label>
<label>Order <select name="order" autocomplete="off">${orders}</select></label>
<button>Filter</button>
</form>`;
}
