import type { RateLimit } from '../config/web-config.ts';

/** Tokens that come back one by one, never more than the burst. */
export interface TokenBucket {
  readonly limit: RateLimit;
  /** Takes a token and gives 0, or the milliseconds until there is one; infinitely many when there never is. */
  take(nowMs: number): number;
}

/** A full bucket at `nowMs`, monotonic milliseconds. */
export function createTokenBucket(limit: RateLimit, nowMs: number): TokenBucket {
  const { intervalMs, burst } = limit;
  let tokens = burst;
  let countedMs = nowMs;

  function take(atMs: number): number {
    tokens = Math.min(burst, tokens + (atMs - countedMs) / intervalMs);
    countedMs = atMs;
    if (burst < 1) return Number.POSITIVE_INFINITY;
    if (tokens < 1) return (1 - tokens) * intervalMs;
    tokens -= 1;
    return 0;
  }

  return { limit, take };
}
