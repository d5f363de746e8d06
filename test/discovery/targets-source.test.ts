import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startRefreshing, type TargetsRead } from '../../src/discovery/targets-source.ts';
import type { StopSignal } from '../../src/domain/stop-signal.ts';
import { createRecorder, problemsIn } from './recorder.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const NONE: TargetsRead = { targets: [], problems: [] };

/** A source that is asked every minute and takes `tookMs`; `startsMs` are the moments it was asked. */
function setUp(read: (signal: StopSignal) => Promise<TargetsRead> = async () => NONE) {
  const recorder = createRecorder();
  const startedMs = performance.now();
  const startsMs: number[] = [];
  const source = startRefreshing(
    {
      source: 's',
      intervalMs: 60_000,
      read: (signal) => {
        startsMs.push(Math.round(performance.now() - startedMs));
        return read(signal);
      },
    },
    recorder.deps,
  );
  return { ...recorder, source, startsMs };
}

function takes(ms: number, result = NONE): () => Promise<TargetsRead> {
  return () => new Promise((resolve) => setTimeout(() => resolve(result), ms));
}

describe('a source', () => {
  it('is asked at once and then in its interval, from start to start', async () => {
    const { source, startsMs } = setUp(takes(10_000));
    await vi.advanceTimersByTimeAsync(125_000);
    expect(startsMs).toEqual([0, 60_000, 120_000]);
    source.close();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(startsMs).toHaveLength(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is asked out of turn when nothing has stirred for a moment', async () => {
    const { source, startsMs } = setUp();
    await vi.advanceTimersByTimeAsync(5_000);
    source.refreshSoon();
    await vi.advanceTimersByTimeAsync(60);
    source.refreshSoon();
    await vi.advanceTimersByTimeAsync(61_000);
    expect(startsMs).toEqual([0, 5_160, 65_160]);
    source.close();
  });

  it('is asked after a second in which something stirred all the time', async () => {
    const { source, startsMs } = setUp();
    await vi.advanceTimersByTimeAsync(5_000);
    for (let count = 0; count < 30; count += 1) {
      source.refreshSoon();
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(startsMs.slice(0, 2)).toEqual([0, 6_000]);
    source.close();
  });

  it('is asked once more after what stirred while it was asked', async () => {
    const { source, startsMs } = setUp(takes(500));
    await vi.advanceTimersByTimeAsync(200);
    source.refreshSoon();
    source.refreshSoon();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(startsMs).toEqual([0, 600]);
    source.close();
    source.refreshSoon();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(startsMs).toHaveLength(2);
  });

  it('that hangs for good fails after 30 s, again and again, and is not asked twice at a time', async () => {
    const { source, startsMs, refreshes, log } = setUp(() => new Promise(() => {}));
    await vi.advanceTimersByTimeAsync(30_000);
    await source.ready;
    await vi.advanceTimersByTimeAsync(100_000);
    expect(startsMs).toEqual([0]);
    expect(refreshes).toEqual([false, false]);
    expect(problemsIn(log)).toEqual([['no answer within 30 s']]);
    source.close();
  });

  it('that throws is an error of our own, and is asked again', async () => {
    const { source, startsMs, refreshes, log } = setUp(async () => {
      throw new Error('a bug');
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(startsMs).toEqual([0, 60_000]);
    expect(refreshes).toEqual([false, false]);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
    source.close();
  });

  it('tells at most twenty problems, once as long as they stay the same', async () => {
    const problems = Array.from({ length: 30 }, (_, index) => `problem ${index}`);
    const { source, log, changes } = setUp(async () => ({ targets: undefined, problems }));
    await vi.advanceTimersByTimeAsync(180_000);
    expect(problemsIn(log)).toEqual([problems.slice(0, 20)]);
    expect(changes).toEqual([]);
    source.close();
  });
});
