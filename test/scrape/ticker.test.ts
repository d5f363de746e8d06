import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTicker, phaseOffset } from '../../src/scrape/ticker.ts';

const clock = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A ticker every second with its ticks at 300 ms, whose runs take as long as `durations` say, then no time. */
function setUp(durations: readonly number[] = []) {
  const runs: number[] = [];
  let missed = 0;
  const startMs = performance.now();
  const ticker = createTicker(
    {
      intervalMs: 1000,
      offsetMs: 300,
      expectedRunMs: 200,
      onMissed: (ticks) => {
        missed += ticks;
      },
      run: async () => {
        const duration = durations[runs.length] ?? 0;
        runs.push(Math.round(performance.now() - startMs));
        if (duration > 0) await new Promise((resolve) => setTimeout(resolve, duration));
      },
    },
    { clock },
  );
  const phase = (((300 - startMs) % 1000) + 1000) % 1000;
  return { ticker, runs, missed: () => missed, phase: Math.round(phase || 1000) };
}

describe('a ticker', () => {
  it('runs at once, then in its phase', async () => {
    const { ticker, runs, phase } = setUp();
    ticker.start();
    await vi.advanceTimersByTimeAsync(3500);
    expect(runs.slice(0, 4)).toEqual([0, phase, phase + 1000, phase + 2000]);
    await ticker.stop();
  });

  it('keeps its phase whatever a run takes', async () => {
    const { ticker, runs, phase, missed } = setUp([0, 700, 150, 999]);
    ticker.start();
    await vi.advanceTimersByTimeAsync(phase + 4100);
    expect(runs).toEqual([0, phase, phase + 1000, phase + 2000, phase + 3000, phase + 4000]);
    expect(missed()).toBe(0);
    await ticker.stop();
  });

  it('never runs twice at a time: ticks during a run are skipped and counted', async () => {
    const { ticker, runs, phase, missed } = setUp([0, 2500]);
    ticker.start();
    await vi.advanceTimersByTimeAsync(phase + 4100);
    expect(runs).toEqual([0, phase, phase + 3000, phase + 4000]);
    expect(missed()).toBe(2);
    await ticker.stop();
  });

  it('waits at its stop for the run under way, and runs no more', async () => {
    const { ticker, runs, phase } = setUp([0, 500]);
    ticker.start();
    await vi.advanceTimersByTimeAsync(phase + 100);
    let isStopped = false;
    const stopping = ticker.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(300);
    expect(isStopped).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    await stopping;
    await vi.advanceTimersByTimeAsync(5000);
    expect(runs).toEqual([0, phase]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may be stopped before it started', async () => {
    const { ticker, runs } = setUp();
    await ticker.stop();
    expect(runs).toEqual([]);
  });

  it('is late when a run takes longer than expected, and on time again after it', async () => {
    const { ticker, phase } = setUp([0, 900]);
    ticker.start();
    await vi.advanceTimersByTimeAsync(phase + 150);
    expect(ticker.lateMs(performance.now())).toBe(0);
    await vi.advanceTimersByTimeAsync(650);
    expect(Math.round(ticker.lateMs(performance.now()))).toBe(600);
    await vi.advanceTimersByTimeAsync(150);
    expect(ticker.lateMs(performance.now())).toBe(0);
    await ticker.stop();
  });
});

describe('the phase of a name', () => {
  it('is the same at every call and lies within the interval', () => {
    for (const name of ['', 'a', 'trading-a', 'ü'.repeat(1000)]) {
      expect(phaseOffset(name, 15_000)).toBe(phaseOffset(name, 15_000));
      expect(phaseOffset(name, 15_000)).toBeGreaterThanOrEqual(0);
      expect(phaseOffset(name, 15_000)).toBeLessThan(15_000);
    }
  });

  it('spreads names evenly', () => {
    const buckets = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) {
      const bucket = Math.floor(phaseOffset(`node-${i}`, 1000) / 100);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });
});
