import type { DurationBucket, LmdbSample } from '../domain/history.ts';
import { UTC } from '../domain/zone-time.ts';
import { availabilityBasis, availabilityText } from './availability.ts';
import { durationChartHtml } from './duration-chart.ts';
import type { EventInfo } from './event-info.ts';
import { eventListHtml, HISTORY_UNREADABLE } from './event-list.ts';
import { type FramedPage, frameHtml, type PageSurroundings } from './frame.ts';
import { samplesByStore } from './history-info.ts';
import { type Html, html } from './html.ts';
import { type IncidentInfo, incidentListHtml } from './incident-list.ts';
import { lmdbChartHtml } from './lmdb-chart.ts';
import { fullAtMs } from './lmdb-forecast.ts';
import { nodeSectionHtml, nodeState } from './node-section.ts';
import { nodeText } from './node-text.ts';
import type { NodeInfo, NodesAnswer } from './nodes-answer.ts';
import { nodeStateHtml, sizeText, urlEncode } from './parts.ts';
import { problemsHtml, problemsOf } from './problems.ts';
import { type SubjectHistory, stripListHtml } from './strip-list.ts';
import type { StripWindow } from './strip-shapes.ts';
import { momentHtml } from './time.ts';
import { axisLabelsHtml } from './time-axis.ts';

/** The relative path from the page to `/`. */
const ROOT = '../';

const HOUR_MS = 3_600_000;

/** The windows of a node's page by their names in its query; the length of each is the same on every day of the year. */
export const WINDOWS = {
  '1h': { words: 'hour', ms: HOUR_MS },
  '24h': { words: '24 hours', ms: 24 * HOUR_MS },
  '7d': { words: '7 days', ms: 7 * 24 * HOUR_MS },
  '30d': { words: '30 days', ms: 30 * 24 * HOUR_MS },
  '90d': { words: '90 days', ms: 90 * 24 * HOUR_MS },
} as const;

/** The name of a window. */
export type WindowName = keyof typeof WINDOWS;

/** What the page of a node shows. */
export interface NodePage {
  readonly node: NodeInfo;
  /** The page's absolute URL; undefined if it is not known. */
  readonly url: string | undefined;
  readonly windowName: WindowName;
  readonly window: StripWindow;
  /** The node itself first. */
  readonly subjects: readonly SubjectHistory[];
  /** The newest first. */
  readonly incidents: readonly IncidentInfo[];
  /** In order of time, always including the last 6 hours. */
  readonly lmdb: readonly LmdbSample[];
  readonly durations: readonly DurationBucket[];
  /** The newest first. */
  readonly events: readonly EventInfo[];
  /** Cursor of the events before those; undefined when there are none. */
  readonly nextEvents: string | undefined;
  /** Whether the events shown are the latest. */
  readonly isFirstPage: boolean;
  /** False when the history could not be read; the page then shows none. */
  readonly isReadable: boolean;
}

/** The page of one node. */
export function nodeDocumentHtml(page: NodePage, answer: NodesAnswer, surroundings: PageSurroundings): string {
  const { node, windowName } = page;
  const state = nodeState(node);
  const framed: FramedPage = {
    title: nodeTitle(node),
    state,
    root: ROOT,
    skip: { id: 'history', text: 'Skip to the history' },
    heading: html`<div><nav class="crumbs" aria-label="Where you are"><a href="../">All nodes</a></nav>
<h1>${node.name} <span id="node-state">${nodeStateHtml(state, node.healthy)}</span></h1></div>`,
    self: `${urlEncode(node.name)}?window=${windowName}`,
    main: mainHtml(page, Date.parse(answer.at)),
  };
  return frameHtml(framed, answer, surroundings);
}

/** The title of the browser's tab. */
export function nodeTitle(node: NodeInfo): string {
  const state = node.healthy ? 'healthy' : nodeState(node) === 'UNKNOWN' ? 'unknown' : 'not healthy';
  return `${node.name} ${state} – Genesis`;
}

function mainHtml(page: NodePage, nowMs: number): Html {
  const { node, window, incidents, durations } = page;
  const { words } = WINDOWS[page.windowName];
  const isWatched = page.subjects.some(({ availability }) => availability.watchedMs > 0);
  const section = {
    filter: { text: '', state: '', node: '', order: '' },
    isUnfolded: true,
    hasRows: true,
    hasLastDay: false,
    nowMs,
    root: ROOT,
  } as const;
  return html`<section id="problems-section" aria-labelledby="problems-heading"><h2 id="problems-heading" tabindex="-1">Now</h2>
<div id="problems">${problemsHtml(problemsOf([node]), { nowMs, root: ROOT })}</div></section>
<section id="history" aria-labelledby="history-heading" data-node="${node.name}"><h2 id="history-heading" tabindex="-1">The last ${words} <span class="tags">times in <span class="zone">UTC</span></span></h2>
${windowsHtml(page)}
${!page.isReadable && HISTORY_UNREADABLE}
${availabilityHtml(page)}
${stripListHtml(node.name, page.subjects, window)}
${textHtml(page, nowMs)}</section>
<section id="incidents" aria-labelledby="incidents-heading"><h2 id="incidents-heading">Incidents</h2>
${isWatched ? incidentListHtml(incidents, nowMs) : html`<p class="nothing">Nobody watched: nothing is known.</p>`}</section>
<section id="processes" aria-labelledby="processes-heading"><h2 id="processes-heading">Processes</h2>
<div id="node-list">${nodeSectionHtml(node, section)}</div></section>
<section id="events" aria-labelledby="events-heading"><h2 id="events-heading">Events</h2>
${eventsHtml(page, nowMs)}</section>
<section id="lmdb" aria-labelledby="lmdb-heading"><h2 id="lmdb-heading">LMDB</h2>
${lmdbHtml(page, nowMs)}</section>
<section id="durations" aria-labelledby="durations-heading"><h2 id="durations-heading">Health probes</h2>
<figure><figcaption>Duration: minimum to maximum, and the median</figcaption>${durationChartHtml(durations, window)}${axisLabelsHtml(window, UTC)}</figure></section>`;
}

function windowsHtml({ windowName }: NodePage): Html {
  const links = Object.entries(WINDOWS).map(([name, { words }]) =>
    name === windowName
      ? html`<a href="?window=${name}" aria-current="page">${linkWords(words)}</a> `
      : html`<a href="?window=${name}">${linkWords(words)}</a> `,
  );
  return html`<nav class="windows" aria-label="How far back">${links}</nav>`;
}

function linkWords(words: string): string {
  return words === 'hour' ? '1 hour' : words;
}

function availabilityHtml({ subjects, window }: NodePage): Html {
  const own = subjects.find(({ process }) => process === undefined)?.availability;
  if (own === undefined || own.watchedMs === 0) return html`<p class="availability">Not watched at all.</p>`;
  return html`<p class="availability"><span class="share">${availabilityText(own)}</span> healthy ${availabilityBasis(own, window.toMs - window.fromMs)}</p>`;
}

function textHtml(page: NodePage, nowMs: number): Html {
  const { node, window } = page;
  const query = `node=${urlEncode(node.name)}&from=${new Date(window.fromMs).toISOString()}&to=${new Date(window.toMs).toISOString()}`;
  return html`<p id="readout" aria-hidden="true"></p>
<details id="as-text"><summary>As text</summary><pre tabindex="0" role="group" aria-label="History as text">${nodeText({ ...page, nowMs })}</pre></details>
<p class="links"><button type="button" id="copy" hidden>Copy as text</button> For programs: <a href="../api/v1/history?${query}">history as JSON</a> <a href="../api/v1/history?${query}&amp;format=csv">as CSV</a> <a href="../api/v1/events?${query}">events as JSON</a> <a href="../api/v1/events?${query}&amp;format=csv">as CSV</a></p>`;
}

function eventsHtml({ node, events, nextEvents, isFirstPage, windowName }: NodePage, nowMs: number): Html {
  const all = `../events?node=${urlEncode(node.name)}`;
  const links = [
    !isFirstPage && html`<a href="?window=${windowName}#events">newest</a> `,
    nextEvents !== undefined &&
      html`<a href="?window=${windowName}&amp;cursor=${urlEncode(nextEvents)}#events" rel="next">older</a> `,
    html`<a href="${all}">all events of this node</a>`,
  ];
  return html`${eventListHtml(events, { nowMs, root: ROOT, hasNodes: false })}
<nav class="paging" aria-label="More events">${links.filter((link) => link !== false)}</nav>`;
}

function lmdbHtml({ lmdb, window }: NodePage, nowMs: number): Html {
  const stores = samplesByStore(lmdb);
  if (stores.length === 0) return html`<p class="nothing">No process has said anything of an LMDB store.</p>`;
  return html`<div class="figures">${stores.map((samples) => storeHtml(samples, window, nowMs))}</div>`;
}

function storeHtml(samples: readonly LmdbSample[], window: StripWindow, nowMs: number): Html {
  const last = samples.at(-1);
  if (last === undefined) return html``;
  const label = `LMDB store ${last.store} of ${last.process}`;
  const used = last.usedRatio === undefined ? 'use unknown' : `${Math.round(last.usedRatio * 100)} %`;
  const size = last.totalBytes === undefined ? '' : ` of ${sizeText(last.totalBytes)}`;
  const fullMs = fullAtMs(samples, nowMs);
  const forecast =
    fullMs !== undefined &&
    html`; <strong class="failed">full at ${momentHtml(new Date(fullMs).toISOString(), nowMs)}</strong> by the pace of the last 6 hours`;
  return html`<figure><figcaption><span class="name">${last.process}</span> store ${last.store}: ${used}${size}${forecast}</figcaption>
${lmdbChartHtml(label, samples, window)}${axisLabelsHtml(window, UTC)}</figure>
`;
}
