import type { RateLimit } from '../config/web-config.ts';
import type { Clock } from '../domain/clock.ts';
import { createTokenBucket, type TokenBucket } from './limits-bucket.ts';

/** How many requests of `/metrics` and `/probe` are answered at once unless a flag says otherwise. */
export const DEFAULT_MAX_REQUESTS = 40;

/** Whether one more request is let in; who is must leave, once. */
export type Entry =
  | { readonly kind: 'entered'; readonly leave: () => void }
  | { readonly kind: 'too_often' | 'too_many'; readonly error: string; readonly retryAfterMs: number };

/** Counts requests, those of all addresses together. */
export interface RequestGate {
  enter(): Entry;
}

/** What a gate is made from. */
export interface GateOptions {
  /** Most requests at once; 0 for no limit. */
  readonly maxRequests: number;
  /** The rate limit in force, asked for at each request. */
  readonly rateLimit: () => RateLimit | undefined;
  readonly clock: Clock;
}

/** A gate that nobody has entered yet. */
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
