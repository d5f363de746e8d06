import { clockText, UTC } from '../domain/zone-time.ts';
import type { EventInfo } from './event-info.ts';
import { eventListHtml } from './event-list.ts';
import { frameHtml, type PageSurroundings } from './frame.ts';
import { type Html, html } from './html.ts';
import type { NodesAnswer } from './nodes-answer.ts';
import { stateWords } from './strip-text.ts';

/** The relative path from the page to `/`. */
const ROOT = './';

/** States in the filter. */
export const EVENT_STATES = [
  'DOWN',
  'ERROR',
  'UNKNOWN',
  'WARNING',
  'STARTING',
  'STANDBY',
  'UP',
  'UNHEALTHY',
  'HEALTHY',
] as const;

/** The filter of the events; empty or undefined for all. */
export interface EventsFilter {
  readonly node: string;
  readonly process: string;
  readonly state: string;
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
}

/** What the page of events shows. */
export interface EventsPageContent {
  readonly filter: EventsFilter;
  /** The newest first; undefined when they cannot be read. */
  readonly events: readonly EventInfo[] | undefined;
  /** Cursor of the older ones; undefined when there are none. */
  readonly next: string | undefined;
  /** Whether this page begins with the newest matching event. */
  readonly isFirstPage: boolean;
}

/** The page of the fleet's events. */
export function eventsDocumentHtml(
  content: EventsPageContent,
  answer: NodesAnswer,
  surroundings: PageSurroundings,
): string {
  const { filter, events } = content;
  const query = filterQuery(filter);
  const main = html`<section id="events" aria-labelledby="events-heading"><h2 id="events-heading" class="hidden">The newest first</h2>
${formHtml(filter, answer.names)}
${rangeHtml(filter)}
${eventListHtml(events, { nowMs: Date.parse(answer.at), root: ROOT, hasNodes: true })}
${pagingHtml(content)}
<p class="links">For programs: <a href="${ROOT}api/v1/events${query}">JSON</a> <a href="${ROOT}api/v1/events${query === '' ? '?' : `${query}&`}format=csv">CSV</a></p></section>`;
  const heading = html`<div><nav class="crumbs" aria-label="Where you are"><a href="${ROOT}">All nodes</a></nav>
<h1>Events <span class="tags">times in <span class="zone">UTC</span></span></h1></div>`;
  const skip = { id: 'events', text: 'Skip to the events' };
  const self = `${ROOT}events${query}`;
  return frameHtml(
    { title: 'Events – Genesis', state: 'UP', root: ROOT, skip, heading, self, main },
    answer,
    surroundings,
  );
}

/** The query of a filter with `?` in front; empty when nothing is filtered. */
function filterQuery({ node, process, state, fromMs, toMs }: EventsFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ node, process, state })) if (value !== '') query.set(name, value);
  if (fromMs !== undefined) query.set('from', new Date(fromMs).toISOString());
  if (toMs !== undefined) query.set('to', new Date(toMs).toISOString());
  return query.size === 0 ? '' : `?${query}`;
}

function formHtml({ node, process, state }: EventsFilter, names: readonly string[]): Html {
  const nodes = node === '' || names.includes(node) ? names : [node, ...names];
  const nodeOptions = nodes.map((name) => optionHtml(name, name, node));
  const stateOptions = EVENT_STATES.map((one) => optionHtml(one, stateWords(one), state));
  return html`<form role="search" aria-label="Filter" action="${ROOT}events">
<label>Node <select name="node" autocomplete="off"><option value="">every node</option>${nodeOptions}</select></label>
<label>Process <input type="search" name="process" value="${process}" autocomplete="off" spellcheck="false" placeholder="exact name"></label>
<label>State <select name="state" autocomplete="off"><option value="">any state</option>${stateOptions}</select></label>
<button>Filter</button>
</form>`;
}

function optionHtml(value: string, text: string, chosen: string): Html {
  return value === chosen
    ? html`<option value="${value}" selected>${text}</option>`
    : html`<option value="${value}">${text}</option>`;
}

/** The shown time range, unless it is all time. */
function rangeHtml(filter: EventsFilter): Html | false {
  const { fromMs, toMs } = filter;
  if (fromMs === undefined && toMs === undefined) return false;
  const parts = [
    fromMs !== undefined && html`from ${momentOf(fromMs)} `,
    toMs !== undefined && html`up to ${momentOf(toMs)}`,
  ];
  const open = filterQuery({ ...filter, fromMs: undefined, toMs: undefined });
  return html`<p>Only ${parts.filter((part) => part !== false)}. <a href="${ROOT}events${open}">Show the latest</a></p>`;
}

function momentOf(ms: number): Html {
  const iso = new Date(ms).toISOString();
  return html`<time class="moment" datetime="${iso}" title="${iso}">${clockText(ms, UTC)}</time>`;
}

function pagingHtml({ filter, next, isFirstPage }: EventsPageContent): Html {
  const query = filterQuery(filter);
  const older = `${ROOT}events${query === '' ? '?' : `${query}&`}cursor=${encodeURIComponent(next ?? '')}`;
  return html`<nav class="paging" aria-label="More events">${!isFirstPage && html`<a href="${ROOT}events${query}">newest</a> `}${next !== undefined && html`<a href="${older}" rel="next">older</a>`}</nav>`;
}
