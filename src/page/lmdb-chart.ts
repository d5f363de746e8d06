import type { LmdbSample } from '../domain/history.ts';
import { type Html, html } from './html.ts';
import type { StripWindow } from './strip-shapes.ts';
import { AXIS_LINES } from './time-axis.ts';

/** From here on a store counts as high, as in the alerts. */
export const HIGH_RATIO = 0.7;

/** From here on a store counts as very high, as in the alerts. */
export const VERY_HIGH_RATIO = 0.85;

/** A line of more points than this is drawn in columns. */
const COLUMNS = 600;

interface Point {
  readonly x: number;
  readonly y: number | undefined;
}

/** The use of one LMDB store over a window as a line in steps; `samples` are in order, and each holds until the next. */
export function lmdbChartHtml(label: string, samples: readonly LmdbSample[], window: StripWindow): Html {
  return html`<svg class="chart" role="img" focusable="false"><title>${label}: ${rangeText(samples)}</title>${AXIS_LINES}
${markHtml(HIGH_RATIO, 'high')}${markHtml(VERY_HIGH_RATIO, 'very-high')}
<svg viewBox="0 0 1000 100" preserveAspectRatio="none"><path class="line" d="${stepPath(pointsOf(samples, window))}"/></svg></svg>`;
}

function markHtml(ratio: number, level: string): Html {
  const y = `${Math.round(100 - ratio * 100)}%`;
  return html`<g class="mark ${level}"><line x2="100%" y1="${y}" y2="${y}"/><text x="100%" y="${y}">${Math.round(ratio * 100)} %</text></g>`;
}

function rangeText(samples: readonly LmdbSample[]): string {
  const ratios = samples.flatMap(({ usedRatio }) => (usedRatio === undefined ? [] : [Math.round(usedRatio * 100)]));
  const last = ratios.at(-1);
  if (last === undefined) return 'use not known';
  return `${last} % full, between ${Math.min(...ratios)} % and ${Math.max(...ratios)} %`;
}

/** Where the samples are, x from 0 to 1000 and y from 0 at the top to 100; of those in one column the fullest. */
function pointsOf(samples: readonly LmdbSample[], { fromMs, toMs }: StripWindow): readonly Point[] {
  const shown = samples.filter((_, index) => (samples[index + 1]?.atMs ?? toMs) > fromMs);
  const points = shown.map(({ atMs, usedRatio }): Point => {
    const x = Math.min(1000, Math.max(0, (1000 * (atMs - fromMs)) / (toMs - fromMs)));
    return { x, y: usedRatio === undefined ? undefined : 100 - 100 * usedRatio };
  });
  if (points.length <= COLUMNS) return points;
  const columns = new Map<number, Point>();
  for (const point of points) {
    const column = Math.floor((point.x * COLUMNS) / 1000);
    const known = columns.get(column);
    if (known === undefined || (point.y ?? 100) < (known.y ?? 100)) columns.set(column, point);
  }
  return [...columns.values()];
}

function stepPath(points: readonly Point[]): string {
  let path = '';
  for (const [index, { x, y }] of points.entries()) {
    if (y === undefined) continue;
    const isJoined = points[index - 1]?.y !== undefined;
    path += `${isJoined ? 'V' : `M${roundToTenth(x)} `}${roundToTenth(y)}H${roundToTenth(points[index + 1]?.x ?? 1000)}`;
  }
  return path;
}

function roundToTenth(value: number): number {
  return Number(value.toFixed(1));
}
