import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONNECT_FAILURES } from '../../src/domain/failure-reason.ts';
import { recordUpdate } from '../../src/domain/record.ts';
import { emptySnapshot, type NodeSnapshot } from '../../src/domain/snapshot.ts';
import { viewNode } from '../../src/domain/view.ts';
import { aNode, aReport, connected, declare, failed, good, good503 } from './builders.ts';

const NAMES = ['A', 'B', 'C'] as const;
const startedMs = fc.oneof(fc.nat(50_000), fc.double({ min: 0, max: 50_000, noNaN: true }));
const health = fc.oneof(
  fc.tuple(startedMs, fc.subarray([...NAMES])).map(([at, names]) => good(at, ...names.map((name) => aReport(name)))),
  startedMs.map((at) => good503(at, aReport('A', { status: 'STARTING', state: 'STARTING', port: undefined }))),
  startedMs.map(failed),
);
const connect = fc
  .tuple(startedMs, fc.constantFrom('ok' as const, ...CONNECT_FAILURES), fc.constantFrom(9000, 9001))
  .map((parts) => connected(...parts));
const snapshot = fc
  .record({
    healthEnabled: fc.boolean(),
    staleAfterMs: fc.integer({ min: 1, max: 60_000 }),
    connectIntervalMs: fc.integer({ min: 1, max: 20_000 }),
    results: fc.array(health, { maxLength: 3 }),
    connects: fc.array(fc.tuple(fc.constantFrom(...NAMES), connect), { maxLength: 3 }),
  })
  .map(({ results, connects, ...rules }): NodeSnapshot => {
    const declared = declare({ name: 'A' }, { name: 'B', primaryOnly: true }, { name: 'D' });
    const at = { monotonicMs: 50_000, wallMs: 0 };
    const start = emptySnapshot(aNode({ ...rules, declared }));
    const probed = results.reduce((before, result) => recordUpdate(before, { health: result }, at).snapshot, start);
    return recordUpdate(probed, { connects: new Map(connects) }, at).snapshot;
  });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the age of a view', () => {
  it('does not change up to and including validUntilMs', () => {
    fc.assert(
      fc.property(snapshot, startedMs, share, (taken, ageMs, part) => {
        const nowMs = 50_000 + ageMs;
        const view = viewNode(taken, nowMs);
        const untilMs = Math.min(view.validUntilMs, nowMs + 1e9);
        expect(untilMs).toBeGreaterThanOrEqual(nowMs);
        expect(viewNode(taken, nowMs + part * (untilMs - nowMs))).toEqual(view);
        expect(viewNode(taken, untilMs)).toEqual(view);
      }),
      { numRuns: 500 },
    );
  });

  it('changes a millisecond after validUntilMs', () => {
    let changes = 0;
    fc.assert(
      fc.property(snapshot, startedMs, (taken, ageMs) => {
        const view = viewNode(taken, 50_000 + ageMs);
        if (view.validUntilMs === Number.POSITIVE_INFINITY) return;
        changes += 1;
        expect(viewNode(taken, view.validUntilMs + 1)).not.toEqual(view);
      }),
      { numRuns: 500 },
    );
    expect(changes).toBeGreaterThan(0);
  });

  it.each([
    ['a good answer', good(1_000, aReport('A')), 'UP fine', 'UNKNOWN stale'],
    ['a failed probe', failed(1_000), 'UNKNOWN health_unavailable', 'UNKNOWN stale'],
  ])('ends with stale_after: %s', (_, result, before, after) => {
    const node = aNode({ declared: declare({ name: 'A' }) });
    const { snapshot: taken } = recordUpdate(
      emptySnapshot(node),
      { health: result },
      { monotonicMs: 1_000, wallMs: 0 },
    );
    function shownAt(nowMs: number): string {
      return viewNode(taken, nowMs)
        .processes.map(({ status, reason }) => `${status} ${reason ?? 'fine'}`)
        .join();
    }
    expect(viewNode(taken, 1_000).validUntilMs).toBe(46_000);
    expect(shownAt(46_000)).toBe(before);
    expect(shownAt(46_001)).toBe(after);
    expect(viewNode(taken, 46_001).validUntilMs).toBe(Number.POSITIVE_INFINITY);
  });

  it('ends with three connect intervals where health is off', () => {
    const node = aNode({ healthEnabled: false, declared: declare({ name: 'A' }) });
    const connects = new Map([['A', connected(1_000, 'ok')]]);
    const { snapshot: taken } = recordUpdate(emptySnapshot(node), { connects }, { monotonicMs: 1_000, wallMs: 0 });
    expect(viewNode(taken, 46_000)).toMatchObject({ reason: undefined, validUntilMs: 46_000 });
    expect(viewNode(taken, 46_001)).toMatchObject({ reason: 'stale', validUntilMs: Number.POSITIVE_INFINITY });
    expect(viewNode(taken, 46_001).processes[0]).toMatchObject({
      status: 'UNKNOWN',
      reason: 'stale',
      connect: undefined,
    });
  });
});
