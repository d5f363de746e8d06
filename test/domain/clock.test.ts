import { describe, expect, it } from 'vitest';
import { createEvidenceClock } from '../../src/domain/clock.ts';
import { recordUpdate } from '../../src/domain/record.ts';
import { emptySnapshot } from '../../src/domain/snapshot.ts';
import { viewNode } from '../../src/domain/view.ts';
import { aNode, aReport, good } from './builders.ts';

/** A machine whose two clocks the test moves. */
function machine() {
  const time = { monotonicMs: 5000, wallMs: 1_000_000 };
  const clock = createEvidenceClock({ monotonicMs: () => time.monotonicMs, wallMs: () => time.wallMs });
  function pass(monotonicMs: number, wallMs: number): number {
    time.monotonicMs += monotonicMs;
    time.wallMs += wallMs;
    return clock.monotonicMs();
  }
  return { clock, pass };
}

describe('the clock of evidence', () => {
  it.each([
    ['goes with both clocks', [[1000, 1000]], 1000],
    ['goes with the wall clock over a suspension of the machine', [[10, 60_000]], 60_000],
    ['goes with the monotonic clock when the wall clock is set back', [[1000, -3_600_000]], 1000],
    [
      'goes forward when the wall clock is set right again',
      [
        [0, -3_600_000],
        [0, 3_600_000],
      ],
      3_600_000,
    ],
    [
      'does not add up the corrections of the wall clock',
      [
        [1000, 1100],
        [1000, 900],
        [1000, 1100],
      ],
      3000,
    ],
    [
      'counts two suspensions',
      [
        [5, 10_000],
        [5, 10_000],
      ],
      20_000,
    ],
    ['does not go backwards', [[0, 0]], 0],
  ] as const)('%s', (_, steps, passed) => {
    const { clock, pass } = machine();
    const before = clock.monotonicMs();
    let now = before;
    for (const [monotonicMs, wallMs] of steps) now = pass(monotonicMs, wallMs);
    expect(now - before).toBe(passed);
  });

  it('passes the wall clock on', () => {
    const { clock, pass } = machine();
    pass(0, 5);
    expect(clock.wallMs()).toBe(1_000_005);
  });

  it('leaves no green row after a suspension', () => {
    const { clock, pass } = machine();
    const node = aNode({ staleAfterMs: 45_000 });
    const at = { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() };
    const { snapshot, view } = recordUpdate(emptySnapshot(node), { health: good(at.monotonicMs, aReport('A')) }, at);
    expect(view.reason).toBeUndefined();
    const resumedMs = pass(20, 3_600_000);
    expect(viewNode(snapshot, resumedMs)).toMatchObject({
      reason: 'stale',
      processes: [{ state: 'UNKNOWN', healthy: false }],
    });
  });
});
