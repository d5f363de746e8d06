import { faviconHref } from './favicon.ts';
import { admitsNode, FILTER_STATES, isOpen, type PageFilter } from './filter.ts';
import { type Html, html, NO_HTML } from './html.ts';
import { MAX_NODES_WITH_ROWS, MAX_UNFOLDED_NODES, nodeSectionHtml } from './node-section.ts';
import type { NodesAnswer } from './nodes-answer.ts';
import { overallOf, overviewHtml } from './overview.ts';
import { MAX_LISTED_PROBLEMS, problemsHtml, problemsOf } from './problems.ts';
import { ageHtml } from './time.ts';

const MAX_SUGGESTED_TARGETS = 100;

/** What the page is made from besides the nodes. */
export interface PageSurroundings {
  readonly filter: PageFilter;
  readonly telemetryPath: string;
  readonly stylePath: string;
  /** Undefined where there is no script. */
  readonly scriptPath: string | undefined;
}

/** The whole page, complete without its script. */
export function documentHtml(answer: NodesAnswer, around: PageSurroundings): string {
  const { nodes, exporter, at } = answer;
  const { filter } = around;
  const nowMs = Date.parse(at);
  const { state, title } = overallOf(nodes);
  const shown = nodes.filter((node) => admitsNode(filter, node));
  const isFew = shown.length <= MAX_UNFOLDED_NODES;
  const problems = problemsOf(nodes);
  const listed = new Set(problems.slice(0, MAX_LISTED_PROBLEMS).map(({ node }) => node));
  const sections = shown.map((node) => {
    const isUnfolded = isFew || listed.has(node.name);
    const hasRows = isUnfolded || shown.length <= MAX_NODES_WITH_ROWS;
    return nodeSectionHtml(node, { filter, isUnfolded, hasRows, nowMs });
  });
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" id="favicon" href="${faviconHref(state)}">
<link rel="stylesheet" href="${around.stylePath}">
${around.scriptPath && html`<script type="module" src="${around.scriptPath}"></script>`}
</head>
<body data-version="${exporter.version}">
<a class="skip" href="#nodes">Skip to the nodes</a>
<header>
<h1>Genesis nodes</h1>
<p id="live"><noscript>As of <time datetime="${at}">${at}</time>. Without JavaScript the page stays as it is: <a href="/">load it again</a>.</noscript></p>
</header>
<div id="alarm" role="alert">${exporter.healthy ? NO_HTML : LOOP_STUCK}</div>
<main>
<section id="overview" aria-label="Overview">${overviewHtml(nodes)}</section>
<section id="problems-section" aria-labelledby="problems-heading"><h2 id="problems-heading" tabindex="-1">Problems</h2>
<div id="problems">${problemsHtml(problems, nowMs)}</div></section>
<section id="nodes" aria-labelledby="nodes-heading"><h2 id="nodes-heading" tabindex="-1">Nodes</h2>
${formHtml(filter, answer.names)}
<p id="matches" role="status">${matchesHtml(filter, shown.length, nodes.length)}</p>
<div id="node-list">
${sections}</div></section>
</main>
${footerHtml(answer, around, nowMs)}
</body>
</html>
`.html;
}

/** What is said when the exporter answers, and its own loop does not move. */
export const LOOP_STUCK: Html = html`<p>The exporter’s own loop is stuck: what is shown may be old.</p>`;

/** How many nodes the filter leaves. */
export function matchesHtml(filter: PageFilter, shown: number, all: number): Html {
  if (all === 0) return html`No nodes are configured or discovered.`;
  if (isOpen(filter)) return NO_HTML;
  return html`${shown} of ${all} nodes. <a href="/">Show all</a>`;
}

/** The choices of nodes, the chosen one among them even when there is no such node. */
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
  return html`<form id="filter" role="search" aria-label="Filter" action="/">
<label>Text <input type="search" name="text" value="${filter.text}" autocomplete="off" spellcheck="false"></label>
<label>State <select name="state" autocomplete="off">${states}</select></label>
<label>Node <select name="node" autocomplete="off">${nodeOptionsHtml(names, filter.node)}</select></label>
<button>Filter</button>
</form>`;
}

function footerHtml({ exporter, names }: NodesAnswer, { telemetryPath }: PageSurroundings, nowMs: number): Html {
  const targets = names.slice(0, MAX_SUGGESTED_TARGETS).map((name) => html`<option value="${name}"></option>`);
  return html`<footer>
<form action="/probe" class="probe"><label>Probe now <input name="target" required list="targets" autocomplete="off" placeholder="node or host:port"></label><datalist id="targets">${targets}</datalist><input type="hidden" name="debug" value="true"><button>Probe</button></form>
<nav aria-label="More"><a href="${telemetryPath}">metrics</a> <a href="/health/status">health/status</a> <a href="/api/v1/nodes">JSON of this page</a> <a href="/config">configuration</a> <a href="/-/healthy">healthy</a> <a href="/-/ready">ready</a></nav>
<p>genesis-exporter ${exporter.version}, up for <span id="uptime">${ageHtml(exporter.startedAt, nowMs)}</span></p>
</footer>`;
}
