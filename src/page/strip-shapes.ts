import type { SpanState } from '../domain/history.ts';

/** A stretch of time in one state. Wall-clock milliseconds. */
export interface StripSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: SpanState;
}

/** The stretch of time that a strip shows, from its left edge to its right one. Wall-clock milliseconds. */
export interface StripWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One span as it is drawn: where it begins and how wide it is, in per cent of the strip. */
export interface StripBar {
  readonly span: StripSpan;
  readonly left: number;
  readonly width: number;
  /** Whether it may be narrower than two pixels, so that it needs a line of that width too. */
  readonly isThin: boolean;
}

/** The bars of one state. */
export interface StripLayer {
  readonly state: SpanState;
  readonly bars: readonly StripBar[];
}

/** All states in the order in which strips draw them: a later one covers an earlier one, so that trouble stays visible. */
export const STATES_BEST_FIRST = [
  'NOT_WATCHED',
  'HEALTHY',
  'UP',
  'STANDBY',
  'STARTING',
  'WARNING',
  'UNKNOWN',
  'ERROR',
  'UNHEALTHY',
  'DOWN',
] as const satisfies readonly SpanState[];

/** A strip of more spans than this is drawn in columns. */
const MAX_EXACT_SPANS = 400;

const COLUMNS = 1000;

/** Two pixels of the narrowest strip that is shown, 220 pixels. */
const THIN_PER_CENT = 0.91;

/** The spans inside a window, cut at its edges; time without a span is NOT_WATCHED. `spans` are in order and do not overlap. */
export function spansWithin(spans: readonly StripSpan[], { fromMs, toMs }: StripWindow): readonly StripSpan[] {
  const result: StripSpan[] = [];
  let coveredMs = fromMs;
  for (const span of spans) {
    const from = Math.max(span.fromMs, coveredMs);
    const to = Math.min(span.toMs, toMs);
    if (to <= from) continue;
    if (from > coveredMs) appendSpan(result, { fromMs: coveredMs, toMs: from, state: 'NOT_WATCHED' });
    appendSpan(result, { fromMs: from, toMs: to, state: span.state });
    coveredMs = to;
  }
  if (coveredMs < toMs) appendSpan(result, { fromMs: coveredMs, toMs, state: 'NOT_WATCHED' });
  return result;
}

/** Adds a span, as part of the last one when that has the same state and ends where this one begins. */
function appendSpan(spans: StripSpan[], span: StripSpan): void {
  const last = spans.at(-1);
  if (last?.state === span.state && last.toMs === span.fromMs) spans[spans.length - 1] = { ...last, toMs: span.toMs };
  else spans.push(span);
}

/** What a strip draws of spans that fill its window, layer by layer. */
export function stripLayers(spans: readonly StripSpan[], window: StripWindow): readonly StripLayer[] {
  const lengthMs = window.toMs - window.fromMs;
  const drawn = spans.length > MAX_EXACT_SPANS ? reduceToColumns(spans, window, COLUMNS) : spans;
  const byState = new Map<SpanState, StripBar[]>();
  for (const span of drawn) {
    const width = (100 * (span.toMs - span.fromMs)) / lengthMs;
    const left = (100 * (span.fromMs - window.fromMs)) / lengthMs;
    const bars = byState.get(span.state) ?? [];
    bars.push({ span, left, width, isThin: width < THIN_PER_CENT });
    byState.set(span.state, bars);
  }
  return STATES_BEST_FIRST.flatMap((state) => {
    const bars = byState.get(state);
    return bars === undefined ? [] : [{ state, bars }];
  });
}

/** Spans so many that most are narrower than a pixel, in columns of equal length: each shows the worst of what it has. */
export function reduceToColumns(
  spans: readonly StripSpan[],
  { fromMs, toMs }: StripWindow,
  count: number,
): readonly StripSpan[] {
  const columnMs = (toMs - fromMs) / count;
  const worst = new Array<number>(count).fill(0);
  for (const span of spans) {
    const rank = STATES_BEST_FIRST.indexOf(span.state);
    const first = Math.floor((span.fromMs - fromMs) / columnMs);
    const end = Math.min(count, Math.max(first + 1, Math.ceil((span.toMs - fromMs) / columnMs)));
    for (let column = first; column < end; column += 1) worst[column] = Math.max(worst[column] ?? 0, rank);
  }
  const columns: StripSpan[] = [];
  for (const [column, rank] of worst.entries()) {
    const state = STATES_BEST_FIRST[rank] ?? 'NOT_WATCHED';
    appendSpan(columns, { fromMs: fromMs + column * columnMs, toMs: fromMs + (column + 1) * columnMs, state });
  }
  return columns;
}
