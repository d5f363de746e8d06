import type { DurationBucket } from '../domain/history.ts';
import { type Html, html } from './html.ts';
import type { StripWindow } from './strip-shapes.ts';
import { durationText } from './time.ts';
import { AXIS_LINES } from './time-axis.ts';

/** How long health probes took over a window: a bar from minimum to maximum for each bucket, and a line at its median. */
export function durationChartHtml(buckets: readonly DurationBucket[], { fromMs, toMs }: StripWindow): Html {
  const topMs = roundTop(Math.max(1, ...buckets.map(({ maximumMs }) => maximumMs)));
  const x = (ms: number): number => roundToTenth(Math.min(1000, Math.max(0, (1000 * (ms - fromMs)) / (toMs - fromMs))));
  const y = (ms: number): number => roundToTenth(100 - (100 * ms) / topMs);
  const bars = buckets.map((b) => `M${x(b.fromMs)} ${y(b.maximumMs)}H${x(b.toMs)}V${y(b.minimumMs)}H${x(b.fromMs)}Z`);
  const medians = buckets.map((bucket) => `M${x(bucket.fromMs)} ${y(bucket.medianMs)}H${x(bucket.toMs)}`);
  return html`<svg class="chart" role="img" focusable="false"><title>Duration of health probes: ${rangeText(buckets)}</title>${AXIS_LINES}
<g class="mark"><line x2="100%" y1="0" y2="0"/><text x="100%" y="0">${durationText(topMs / 1000)}</text></g>
<svg viewBox="0 0 1000 100" preserveAspectRatio="none"><path class="range" d="${bars.join('')}"/><path class="line" d="${medians.join('')}"/></svg></svg>`;
}

function rangeText(buckets: readonly DurationBucket[]): string {
  const medians = buckets.map(({ medianMs }) => medianMs).toSorted((a, b) => a - b);
  const medianMs = medians[Math.floor(medians.length / 2)];
  if (medianMs === undefined) return 'none finished';
  const shortestMs = Math.min(...buckets.map(({ minimumMs }) => minimumMs));
  const longestMs = Math.max(...buckets.map(({ maximumMs }) => maximumMs));
  return `about ${durationText(medianMs / 1000)}, from ${durationText(shortestMs / 1000)} to ${durationText(longestMs / 1000)}`;
}

/** The next of 1, 2, 5, 10, 20, 50 and so on. */
function roundTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5].find((factor) => factor * power >= value) ?? 10);
}

function roundToTenth(value: number): number {
  return Number(value.toFixed(1));
}
