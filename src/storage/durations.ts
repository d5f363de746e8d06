import type { DurationBucket } from '../domain/history.ts';

const BUCKET_MS = 5 * 60_000;

/** So many buckets are kept: a day. */
const MAX_BUCKETS = 288;

/** Keeps how long probes took, in buckets of 5 minutes over the last day. */
export function createDurations() {
  const buckets: DurationBucket[] = [];
  let current: { readonly fromMs: number; readonly values: number[] } | undefined;

  function add(atMs: number, durationMs: number): void {
    const fromMs = Math.floor(atMs / BUCKET_MS) * BUCKET_MS;
    if (current?.fromMs !== fromMs) {
      if (current !== undefined) buckets.push(bucketOf(current));
      if (buckets.length > MAX_BUCKETS) buckets.shift();
      current = { fromMs, values: [] };
    }
    current.values.push(durationMs);
  }

  function between(fromMs: number, toMs: number): readonly DurationBucket[] {
    const all = current === undefined ? buckets : [...buckets, bucketOf(current)];
    return all.filter((bucket) => bucket.toMs > fromMs && bucket.fromMs < toMs);
  }

  return { add, between };
}

function bucketOf({ fromMs, values }: { readonly fromMs: number; readonly values: readonly number[] }): DurationBucket {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    fromMs,
    toMs: fromMs + BUCKET_MS,
    count: sorted.length,
    minimumMs: sorted[0] ?? 0,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    maximumMs: sorted.at(-1) ?? 0,
  };
}
