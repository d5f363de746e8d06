import type { LmdbSample } from '../domain/history.ts';

const HOUR_MS = 3_600_000;
const TREND_MS = 6 * HOUR_MS;
const MIN_AGE_MS = 5.5 * HOUR_MS;
const STEP_MS = 60_000;

/** Farther ahead a pace of six hours says nothing. */
const MAX_AHEAD_MS = 90 * 24 * HOUR_MS;

/**
 * When a store will be full by the pace of its last 6 hours, as the alert GenesisLmdbFillingUp reckons it: a straight line
 * through its values, only for a store that is old enough and has grown within the last hour. Undefined without such a trend.
 * `samples` are those of one store in order; each holds until the next.
 */
export function fullAtMs(samples: readonly LmdbSample[], nowMs: number): number | undefined {
  const now = valueAt(samples, nowMs);
  const hourAgo = valueAt(samples, nowMs - HOUR_MS);
  const oldEnough = valueAt(samples, nowMs - MIN_AGE_MS);
  if (now === undefined || hourAgo === undefined || oldEnough === undefined || now <= hourAgo) return undefined;
  const points: [atMs: number, value: number][] = [];
  for (let atMs = nowMs - TREND_MS; atMs <= nowMs; atMs += STEP_MS) {
    const value = valueAt(samples, atMs);
    if (value !== undefined) points.push([atMs - nowMs, value]);
  }
  const { slope, intercept } = straightLine(points);
  if (!(slope > 0)) return undefined;
  const aheadMs = Math.max(0, (1 - intercept) / slope);
  return aheadMs <= MAX_AHEAD_MS ? nowMs + aheadMs : undefined;
}

function valueAt(samples: readonly LmdbSample[], atMs: number): number | undefined {
  return samples.findLast((sample) => sample.atMs <= atMs)?.usedRatio;
}

/** The line of least squares; its intercept is the value at 0. */
function straightLine(points: readonly (readonly [number, number])[]) {
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  let covariance = 0;
  let variance = 0;
  for (const [x, y] of points) {
    covariance += (x - meanX) * (y - meanY);
    variance += (x - meanX) ** 2;
  }
  const slope = covariance / variance;
  return { slope, intercept: meanY - slope * meanX };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
