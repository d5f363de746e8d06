import { describe, expect, it } from 'vitest';
import type { RateLimit } from '../../src/config/web-config.ts';
import { createRequestGate, createTokenBucket, type Entry } from '../../src/http/limits-gate.ts';

function aGate({ maxRequests = 0, limit }: { maxRequests?: number; limit?: RateLimit } = {}) {
  const world: { nowMs: number; limit: RateLimit | undefined } = { nowMs: 0, limit };
  const clock = { monotonicMs: () => world.nowMs, wallMs: () => 0 };
  return { world, gate: createRequestGate({ maxRequests, rateLimit: () => world.limit, clock }) };
}

function leave(entry: Entry | undefined): void {
  if (entry?.kind === 'entered') entry.leave();
}

describe('the token bucket', () => {
  it('lets the burst through at once, then one an interval, and never saves up more than the burst', () => {
    const bucket = createTokenBucket({ intervalMs: 1000, burst: 2 }, 0);
    expect([bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(250)]).toEqual([0, 0, 1000, 750]);
    expect([bucket.take(1000), bucket.take(1000)]).toEqual([0, 1000]);
    expect([bucket.take(60_000), bucket.take(60_000), bucket.take(60_000)]).toEqual([0, 0, 1000]);
  });

  it.each([0, -1])('lets nothing through with a burst of %d, ever', (burst) => {
    const bucket = createTokenBucket({ intervalMs: 1, burst }, 0);
    expect([bucket.take(0), bucket.take(1_000_000)]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe('the gate', () => {
  it('lets in so many at once, and another one when one has left', () => {
    const { gate } = aGate({ maxRequests: 2 });
    const entries = [gate.enter(), gate.enter(), gate.enter()];
    expect(entries.map(({ kind }) => kind)).toEqual(['entered', 'entered', 'too_many']);
    leave(entries[0]);
    expect([gate.enter().kind, gate.enter().kind]).toEqual(['entered', 'too_many']);
  });

  it('has no limit at once with 0', () => {
    const { gate } = aGate();
    expect(new Set(Array.from({ length: 1000 }, () => gate.enter().kind))).toEqual(new Set(['entered']));
  });

  it('takes on another rate limit, keeps the one it has while that is the same, and does without when there is none', () => {
    const { gate, world } = aGate({ limit: { intervalMs: 1000, burst: 1 } });
    expect([gate.enter().kind, gate.enter().kind]).toEqual(['entered', 'too_often']);
    world.limit = { intervalMs: 1000, burst: 1 };
    expect(gate.enter()).toMatchObject({ kind: 'too_often', retryAfterMs: 1000 });
    world.limit = { intervalMs: 1000, burst: 2 };
    expect(gate.enter().kind).toBe('entered');
    world.limit = { intervalMs: 500, burst: 2 };
    expect([gate.enter().kind, gate.enter().kind, gate.enter().kind]).toEqual(['entered', 'entered', 'too_often']);
    world.nowMs = 500;
    expect(gate.enter().kind).toBe('entered');
    world.limit = undefined;
    expect(gate.enter().kind).toBe('entered');
  });
});
