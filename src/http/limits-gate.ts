import type { RateLimit } from '../config/web-config.ts';
import type { Clock } from '../domain/clock.ts';

/** A token bucket: one token returns per interval, up to the burst. */
export interface TokenBucket {
  readonly limit: RateLimit;
  /** Takes a token and returns 0, or returns the milliseconds until the next token: `Infinity` when the burst is below 1. */
  take(nowMs: number): number;
}

/** Creates a full bucket at `nowMs`, monotonic milliseconds. */
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

/** Default limit of concurrent requests to `/metrics` and `/probe`. */
export const DEFAULT_MAX_REQUESTS = 40;

/** Result of `enter`. An admitted request calls `leave` once, when it ends. */
export type Entry =
  | { readonly kind: 'entered'; readonly leave: () => void }
  | { readonly kind: 'too_often' | 'too_many'; readonly error: string; readonly retryAfterMs: number };

/** Limits the rate and the number of concurrent requests over all listening addresses. */
export interface RequestGate {
  enter(): Entry;
}

/** What `createRequestGate` needs. */
export interface GateOptions {
  /** Limit of concurrent requests; 0 for no limit. */
  readonly maxRequests: number;
  /** The current rate limit, read at each request. */
  readonly rateLimit: () => RateLimit | undefined;
  readonly clock: Clock;
}

/** Creates a gate without requests inside. */
export function createRequestGate({ maxRequests, rateLimit, clock }: GateOptions): RequestGate {
  let inside = 0;
  let bucket: TokenBucket | undefined;

  function bucketOf(limit: RateLimit): TokenBucket {
    const isSame = bucket?.limit.intervalMs === limit.intervalMs && bucket.limit.burst === limit.burst;
    if (bucket === undefined || !isSame) bucket = createTokenBucket(limit, clock.monotonicMs());
    return bucket;
  }

  function enter(): Entry {
    const limit = rateLimit();
    const waitMs = limit === undefined ? 0 : bucketOf(limit).take(clock.monotonicMs());
    if (waitMs > 0) return { kind: 'too_often', error: 'too many requests: rate limit reached', retryAfterMs: waitMs };
    if (maxRequests > 0 && inside >= maxRequests) {
      const error = `too many requests at once: limit of ${maxRequests} reached`;
      return { kind: 'too_many', error, retryAfterMs: 1000 };
    }
    inside += 1;
    return { kind: 'entered', leave };
  }

  function leave(): void {
    inside -= 1;
  }

  return { enter };
}
