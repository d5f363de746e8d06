import type { SpanState } from '../domain/history.ts';
import { UTC } from '../domain/zone-time.ts';
import { type Availability, availabilityBasis, availabilityText } from './availability.ts';
import { type Html, html, NO_HTML } from './html.ts';
import { processId, urlEncode } from './parts.ts';
import { STRIP_PATTERNS, stripHtml, swatchHtml } from './strip.ts';
import { STATES_BEST_FIRST, type StripSpan, type StripWindow, spansWithin } from './strip-shapes.ts';
import { stateWords } from './strip-text.ts';
import { axisHtml } from './time-axis.ts';

/** What is known of a node or a process over a window. */
export interface SubjectHistory {
  /** Undefined for the node itself. */
  readonly process: string | undefined;
  /** In order, not overlapping; time without a span is NOT_WATCHED. */
  readonly spans: readonly StripSpan[];
  readonly availability: Availability;
}

/** A strip for the node and for each process, one below the other over one axis, with what each state looks like. */
export function stripListHtml(node: string, subjects: readonly SubjectHistory[], window: StripWindow): Html {
  const rows = subjects.map((subject) => rowHtml(node, subject, window));
  return html`${STRIP_PATTERNS}<ul class="strips" data-from="${window.fromMs}" data-to="${window.toMs}">
<li class="axis-row" aria-hidden="true"><div class="track">${axisHtml(window, UTC)}</div></li>
${rows}</ul>
<p class="legend">${legendHtml(subjects, window)}</p>`;
}

function rowHtml(node: string, { process, spans, availability }: SubjectHistory, window: StripWindow): Html {
  const label = process ?? node;
  const name =
    process === undefined
      ? html`<span class="name">the node</span>`
      : html`<a class="name" href="#${urlEncode(processId(node, process))}">${process}</a>`;
  const basis = availabilityBasis(availability, window.toMs - window.fromMs);
  return html`<li${process === undefined ? html` class="of-node"` : NO_HTML}>${name}
<div class="track" data-label="${label}">${stripHtml({ label, window, spans, hasTooltips: true, hasAxis: true })}</div>
<span class="available" title="${basis}">${availabilityText(availability)}</span></li>
`;
}

function legendHtml(subjects: readonly SubjectHistory[], window: StripWindow): readonly Html[] {
  const present = new Set<SpanState>();
  for (const { spans } of subjects) for (const { state } of spansWithin(spans, window)) present.add(state);
  return STATES_BEST_FIRST.flatMap((state) =>
    present.has(state) ? [html`<span class="key">${swatchHtml(state)} ${stateWords(state)}</span> `] : [],
  );
}
