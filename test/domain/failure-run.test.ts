import { describe, expect, it } from 'vitest';
import type { ConnectResult, HealthResult } from '../../src/domain/evidence.ts';
import { type FailureRun, recordConnectFailures, recordHealthFailure } from '../../src/domain/failure-run.ts';
import { connected, failed, good } from './builders.ts';

const AHEAD_MS = 1_000_010;

function timedOut(startedMs: number): HealthResult {
  const timing = { startedMs, finishedAtMs: startedMs + AHEAD_MS, durationMs: 10 };
  return { kind: 'failed', reason: 'timeout', detail: 'no answer', statusCode: undefined, timing };
}

/** The runs after these health probes, each as reason, count, first and last moment. */
function healthRuns(...results: readonly HealthResult[]) {
  let runs: readonly FailureRun[] = [];
  let before: HealthResult | undefined;
  for (const result of results) {
    runs = recordHealthFailure(runs, before, result);
    before = result;
  }
  return runs.map(({ reason, count, firstAtMs, lastAtMs }) => [
    reason,
    count,
    firstAtMs - AHEAD_MS,
    lastAtMs - AHEAD_MS,
  ]);
}

describe('recordHealthFailure', () => {
  it.each([
    ['nothing', [], []],
    ['a success', [good(0)], []],
    ['a failure', [failed(5)], [['refused', 1, 5, 5]]],
    ['the same failure in a row', [failed(1), failed(2), failed(3)], [['refused', 3, 1, 3]]],
    ['a failure that a success followed', [failed(1), good(2), good(3)], [['refused', 1, 1, 1]]],
    [
      'two outages',
      [failed(1), good(2), failed(3)],
      [
        ['refused', 1, 1, 1],
        ['refused', 1, 3, 3],
      ],
    ],
    [
      'another reason',
      [failed(1), timedOut(2), timedOut(3)],
      [
        ['refused', 1, 1, 1],
        ['timeout', 2, 2, 3],
      ],
    ],
  ] as const)('keeps of %s', (_, results, runs) => {
    expect(healthRuns(...results)).toEqual(runs);
  });

  it('keeps the last ten and no more', () => {
    const outages = Array.from({ length: 30 }, (_, index) => [failed(index), good(index)]).flat();
    expect(healthRuns(...outages).map(([, , first]) => first)).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
  });

  it('is the same array when nothing failed', () => {
    const runs = recordHealthFailure([], undefined, failed(0));
    expect(recordHealthFailure(runs, failed(0), good(1))).toBe(runs);
    expect(recordHealthFailure(runs, failed(0), undefined)).toBe(runs);
  });

  it('counts anew what has been pushed out', () => {
    const others = Array.from({ length: 10 }, (_, index) => [`P${index}`, connected(1, 'refused')] as const);
    const runs = recordConnectFailures(recordHealthFailure([], undefined, failed(0)), new Map(), new Map(others));
    expect(runs.some(({ process }) => process === undefined)).toBe(false);
    expect(recordHealthFailure(runs, failed(0), failed(9)).at(-1)).toMatchObject({ count: 1, reason: 'refused' });
  });
});

describe('recordConnectFailures', () => {
  const known = (...results: readonly (readonly [string, ConnectResult])[]) =>
    new Map(results.map(([name, result]) => [name, { result }]));

  it('keeps a run of each process', () => {
    const first = new Map([
      ['A', connected(1, 'refused')],
      ['B', connected(1, 'timeout')],
      ['C', connected(1, 'ok')],
    ]);
    const runs = recordConnectFailures([], new Map(), first);
    const next = recordConnectFailures(runs, known(...[...first]), new Map([['A', connected(2, 'refused')]]));
    expect(next.map(({ process, reason, count }) => [process, reason, count])).toEqual([
      ['B', 'timeout', 1],
      ['A', 'refused', 2],
    ]);
  });

  it('is the same array when nothing failed', () => {
    const runs = recordConnectFailures([], new Map(), new Map([['A', connected(1, 'reset')]]));
    expect(recordConnectFailures(runs, new Map(), new Map([['A', connected(2, 'ok')]]))).toBe(runs);
    expect(recordConnectFailures(runs, new Map(), new Map())).toBe(runs);
  });
});
