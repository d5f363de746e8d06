import type { SpanState } from '../domain/history.ts';
import { spanStateHtml } from './event-list.ts';
import { type Html, html } from './html.ts';
import { lengthText, momentHtml } from './time.ts';
import { reasonAndMessage } from './words.ts';

/** Further incidents are counted, not shown. */
const MAX_SHOWN = 50;

/** One stretch of time in which a node or a process was not healthy. Times are ISO 8601 in UTC. */
export interface IncidentInfo {
  /** Null for the node itself. */
  readonly process: string | null;
  readonly from: string;
  /** Null while it goes on. */
  readonly to: string | null;
  readonly durationSeconds: number;
  /** The worst state of the incident. */
  readonly state: SpanState;
  readonly reason: string | null;
  readonly message: string;
}

/** Incidents as a table, in the order given. */
export function incidentListHtml(incidents: readonly IncidentInfo[], nowMs: number): Html {
  if (incidents.length === 0) return html`<p class="all-well">${spanStateHtml('HEALTHY')} No incidents.</p>`;
  const left = incidents.length - MAX_SHOWN;
  return html`<table class="incidents"><caption class="hidden">Incidents, the newest first</caption>
<thead><tr><th scope="col">Begin</th><th scope="col">End</th><th scope="col" class="num">Duration</th><th scope="col">Process</th><th scope="col">State</th><th scope="col">What was said</th></tr></thead>
<tbody>
${incidents.slice(0, MAX_SHOWN).map((incident) => rowHtml(incident, nowMs))}</tbody></table>${
    left > 0 && html`<p>and ${left} earlier ones, which stand in the text and in the JSON above</p>`
  }`;
}

function rowHtml(incident: IncidentInfo, nowMs: number): Html {
  const { process, from, to, durationSeconds, state } = incident;
  const end = to === null ? html`<strong class="failed">goes on</strong>` : momentHtml(to, nowMs);
  return html`<tr><td data-label="from">${momentHtml(from, nowMs)}</td><td data-label="to">${end}</td>
<td class="num" data-label="for">${lengthText(durationSeconds * 1000)}</td>
<th scope="row">${process ?? 'the node'}</th><td>${spanStateHtml(state)}</td>
<td class="why-cell"><span class="why">${reasonAndMessage(incident)}</span></td></tr>
`;
}
