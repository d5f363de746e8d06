import { momentOfWallClock, type WallClock } from '../domain/zone-time.ts';
import { type Html, html } from './html.ts';
import type { StripWindow } from './strip-shapes.ts';

/** A mark on the axis of time. */
export interface Tick {
  readonly atMs: number;
  /** `18:30`, or a day such as `Nov 26`. */
  readonly label: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720]
  .map((minutes) => minutes * MINUTE_MS)
  .concat([1, 2, 5, 7, 14, 28].map((days) => days * DAY_MS));
const MAX_TICKS = 8;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Marks at even times of a clock, about eight at most. They stand right on days of 23 and 25 hours too. */
export function axisTicks({ fromMs, toMs }: StripWindow, clock: WallClock): readonly Tick[] {
  const stepMs = STEPS_MS.find((step) => (toMs - fromMs) / step <= MAX_TICKS) ?? 28 * DAY_MS;
  const startMs = Math.ceil((clock(fromMs) - DAY_MS) / stepMs) * stepMs;
  const endMs = clock(toMs) + DAY_MS;
  const ticks: Tick[] = [];
  for (let wallMs = startMs; wallMs <= endMs; wallMs += stepMs) {
    const atMs = momentOfWallClock(wallMs, clock);
    if (atMs !== undefined && atMs >= fromMs && atMs <= toMs) ticks.push({ atMs, label: labelOf(wallMs) });
  }
  return ticks;
}

function labelOf(wallMs: number): string {
  const wall = new Date(wallMs);
  if (wallMs % DAY_MS === 0) return `${MONTHS[wall.getUTCMonth()]} ${wall.getUTCDate()}`;
  return wall.toISOString().slice(11, 16);
}

/** The axis of all strips and charts of a page: its labels, and once in the page its lines, which `AXIS_LINES` draws. */
export function axisHtml(window: StripWindow, clock: WallClock): Html {
  const lines = marksOf(window, clock).map(({ x }) => html`<line x1="${x}" x2="${x}" y2="100%"/>`);
  return html`<svg class="axis" aria-hidden="true" focusable="false"><g id="axis-lines" class="axis-lines">${lines}</g>${labelsHtml(window, clock)}</svg>`;
}

/** The labels of the page's axis once more, for a chart apart from the strips. */
export function axisLabelsHtml(window: StripWindow, clock: WallClock): Html {
  return html`<svg class="axis" aria-hidden="true" focusable="false">${labelsHtml(window, clock)}</svg>`;
}

function labelsHtml(window: StripWindow, clock: WallClock): readonly Html[] {
  return marksOf(window, clock).map(
    ({ x, side, label }) => html`<text class="tick${side}" x="${x}" y="75%">${label}</text>`,
  );
}

/** Positions of the marks in per cent; a label at an edge is on the inner side of its mark. */
function marksOf(window: StripWindow, clock: WallClock) {
  return axisTicks(window, clock).map(({ atMs, label }) => {
    const leftPercent = (100 * (atMs - window.fromMs)) / (window.toMs - window.fromMs);
    return {
      x: `${Number(leftPercent.toFixed(3))}%`,
      label,
      side: leftPercent < 4 ? ' first' : leftPercent > 96 ? ' last' : '',
    };
  });
}

/** The lines of the page's axis, for a strip or a chart of the same window. */
export const AXIS_LINES: Html = html`<use href="#axis-lines"/>`;
