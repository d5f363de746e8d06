import type { SpanState } from '../domain/history.ts';
import type { EventInfo } from './event-info.ts';
import { type Html, html, NO_HTML } from './html.ts';
import { urlEncode } from './parts.ts';
import { EVENT_KIND_WORDS, stateWords } from './strip-text.ts';
import { lengthText, momentHtml } from './time.ts';
import { reasonAndMessage } from './words.ts';

/** How a list of events is shown. */
export interface EventListOptions {
  readonly nowMs: number;
  /** The relative path from the page to `/`: `./` or `../`. */
  readonly root: string;
  /** Whether each event names its node; false on a node's own page. */
  readonly hasNodes: boolean;
}

/** Shown instead of a history that cannot be read. */
export const HISTORY_UNREADABLE: Html = html`<p class="failed">The history cannot be read now; the log of the exporter says why.</p>`;

/** Events as a list, undefined when they cannot be read, in the order given; each has a link of its own that shows it on `/events`. */
export function eventListHtml(events: readonly EventInfo[] | undefined, options: EventListOptions): Html {
  if (events === undefined) return HISTORY_UNREADABLE;
  if (events.length === 0) return html`<p class="nothing">Nothing has happened.</p>`;
  return html`<ol class="events">
${events.map((event) => eventHtml(event, options))}</ol>`;
}

/** The latest events of the fleet: the newest one, and the others on demand. */
export function latestEventsHtml(events: readonly EventInfo[] | undefined, options: EventListOptions): Html {
  const [newest] = events ?? [];
  if (newest === undefined) return eventListHtml(events, options);
  const all = html`<a href="${options.root}events">all events</a>`;
  return html`<details class="latest"><summary><span class="newest">${eventLineHtml(newest, options)}</span></summary>${eventListHtml(events, options)}<p>${all}</p></details>`;
}

/** The element that a link to an event leads to. */
export function eventId({ id }: EventInfo): string {
  return `event:${id}`;
}

function eventHtml(event: EventInfo, options: EventListOptions): Html {
  return html`<li id="${eventId(event)}"><a class="when" href="${options.root}events?${permalinkQuery(event)}#${urlEncode(eventId(event))}">${eventTimeHtml(event, options.nowMs)}</a>
<span class="who">${subjectHtml(event, options)}</span> <span class="what">${eventKindHtml(event)}</span> <span class="since">${eventDurationText(event)}</span> <span class="why">${reasonAndMessage(event)}</span></li>
`;
}

/** An event in one line without links. */
function eventLineHtml(event: EventInfo, { nowMs }: EventListOptions): Html {
  const { node, process } = event;
  return html`${eventTimeHtml(event, nowMs)} <span class="name">${process === null ? node : `${process} on ${node}`}</span> ${eventKindHtml(event)} <span class="why">${reasonAndMessage(event)}</span>`;
}

/** The list that has this event at its top, however many follow later. */
function permalinkQuery({ at, betweenTo }: EventInfo): string {
  const latest = at ?? betweenTo;
  return latest === null ? '' : `to=${urlEncode(new Date(Date.parse(latest) + 1).toISOString())}`;
}

function eventTimeHtml({ at, betweenFrom, betweenTo }: EventInfo, nowMs: number): Html {
  if (at !== null) return momentHtml(at, nowMs);
  if (betweenFrom === null || betweenTo === null) return html`–`;
  return html`between ${momentHtml(betweenFrom, nowMs)} and ${momentHtml(betweenTo, nowMs)}`;
}

function subjectHtml({ node, process }: EventInfo, { root, hasNodes }: EventListOptions): Html {
  const link = hasNodes && html`<a class="name" href="${root}nodes/${urlEncode(node)}">${node}</a>`;
  if (process === null) return hasNodes ? html`${link}` : html`the node`;
  return html`<span class="name">${process}</span>${hasNodes ? html` <span class="tags">on</span> ${link}` : NO_HTML}`;
}

function eventKindHtml({ kind, from, to }: EventInfo): Html {
  switch (kind) {
    case 'state':
      return html`${from !== null && html`${spanStateHtml(from)} → `}${to !== null && spanStateHtml(to)}`;
    case 'probe_failures':
      return html`<strong class="failed">${EVENT_KIND_WORDS.probe_failures}</strong>`;
    case 'not_watched':
      return spanStateHtml('NOT_WATCHED');
    case 'forgotten':
      return html`${EVENT_KIND_WORDS.forgotten}`;
    default:
      return kind satisfies never;
  }
}

/** A state of a node or a process over time, by word and shape. */
export function spanStateHtml(state: SpanState): Html {
  return html`<span class="state ${state}">${stateWords(state)}</span>`;
}

/** How long an event lasted: `for 4 min`, or that it goes on. */
export function eventDurationText({ kind, durationSeconds }: EventInfo): string {
  if (kind === 'forgotten') return '';
  return durationSeconds === null ? 'goes on' : `for ${lengthText(durationSeconds * 1000)}`;
}
