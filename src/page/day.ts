import { type Availability, availabilityBasis, availabilityText } from './availability.ts';
import { type Html, html, NO_HTML } from './html.ts';
import type { NodeInfo } from './nodes-answer.ts';
import { urlEncode } from './parts.ts';
import { stripLayersHtml } from './strip.ts';
import type { StripSpan } from './strip-shapes.ts';
import { stripSummary } from './strip-text.ts';

/** The last 24 hours of a node as a small strip with its share of healthy time, which lead to the node's page; nothing until they are known. */
export function lastDayHtml({ name, lastDay }: NodeInfo, root: string): Html {
  if (lastDay === null) return NO_HTML;
  const window = { fromMs: Date.parse(lastDay.from), toMs: Date.parse(lastDay.to) };
  const spans = lastDay.spans.map(
    ({ from, to, state }): StripSpan => ({ fromMs: Date.parse(from), toMs: Date.parse(to), state }),
  );
  const { watchedSeconds, healthySeconds, maintenanceSeconds } = lastDay.availability;
  const availability: Availability = {
    watchedMs: watchedSeconds * 1000,
    healthyMs: healthySeconds * 1000,
    maintenanceMs: maintenanceSeconds === null ? undefined : maintenanceSeconds * 1000,
  };
  const share = availabilityText(availability);
  const basis = availabilityBasis(availability, window.toMs - window.fromMs);
  return html`<a class="day" href="${root}nodes/${urlEncode(name)}" title="${share} healthy ${basis}" data-key="${lastDayKey(lastDay)}" aria-label="Last 24 hours of ${name}: ${share} healthy ${basis}; ${stripSummary(spans, window)}"><svg class="timeline" aria-hidden="true" focusable="false">${stripLayersHtml(spans, window, false)}</svg><span class="available">${share}</span></a>`;
}

/** Stays the same for as long as the strip looks the same: a pixel of it is some minutes. */
export function lastDayKey(lastDay: NodeInfo['lastDay']): string {
  if (lastDay === null) return '';
  const last = lastDay.spans.at(-1);
  return `${lastDay.spans.length} ${last?.state} ${Math.floor(Date.parse(lastDay.to) / 300_000)}`;
}
