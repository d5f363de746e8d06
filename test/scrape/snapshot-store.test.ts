import { describe, expect, it } from 'vitest';
import { createSnapshotStore } from '../../src/scrape/snapshot-store.ts';
import { aNode, aReport, failed, good } from '../domain/builders.ts';

function setUp() {
  const time = { monotonicMs: 0, wallMs: 1_000_000 };
  const store = createSnapshotStore({ clock: { monotonicMs: () => time.monotonicMs, wallMs: () => time.wallMs } });
  return { time, store };
}

describe('the snapshot store', () => {
  it('is pending before the first result', () => {
    const { store } = setUp();
    store.setNodes([aNode()]);
    expect(store.views()).toMatchObject([{ reason: 'pending', processes: [] }]);
  });

  it('gives every reader the same object until something changes', () => {
    const { store } = setUp();
    store.setNodes([aNode()]);
    store.record('trading-a', { health: good(0, aReport('ROUTER')) });
    const before = store.views();
    const [first] = before;
    expect(store.views()).toBe(before);
    store.record('trading-a', { health: good(1, aReport('ROUTER')) });
    expect(store.views()).not.toBe(before);
    expect(store.views()[0]).not.toBe(first);
  });

  it('lets no green outlive its evidence when nothing is recorded any more', () => {
    const { store, time } = setUp();
    store.setNodes([aNode({ staleAfterMs: 45_000 })]);
    store.record('trading-a', { health: good(0, aReport('ROUTER')) });
    time.monotonicMs = 45_000;
    expect(store.views()[0]?.reason).toBeUndefined();
    time.monotonicMs = 45_001;
    expect(store.views()[0]).toMatchObject({ reason: 'stale', processes: [{ status: 'UNKNOWN', reason: 'stale' }] });
  });

  it('measures age alone by the monotonic clock: setting the wall clock back keeps nothing green', () => {
    const { store, time } = setUp();
    store.setNodes([aNode({ staleAfterMs: 45_000 })]);
    store.record('trading-a', { health: good(0, aReport('ROUTER')) });
    time.monotonicMs = 50_000;
    time.wallMs = -5_000_000;
    expect(store.views()[0]?.reason).toBe('stale');
  });

  it('keeps the order and the evidence of nodes that stay, and forgets those that go', () => {
    const { store } = setUp();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => aNode({ name }));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three nodes');
    store.setNodes([a, b]);
    store.record('a', { health: good(0, aReport('ROUTER')) });
    store.record('b', { health: failed(0) });
    store.setNodes([c, b]);
    expect(store.views().map(({ snapshot, reason }) => [snapshot.node.name, reason])).toEqual([
      ['c', 'pending'],
      ['b', 'health_unavailable'],
    ]);
    expect(store.record('a', { health: good(1) })).toBeUndefined();
    expect(store.view('a')).toBeUndefined();
  });

  it('judges a node by its new rules at once, on the evidence it has', () => {
    const { store } = setUp();
    store.setNodes([aNode()]);
    store.record('trading-a', { health: good(0, aReport('ROUTER', { status: 'ERROR', state: 'ERROR' })) });
    store.setNodes([aNode({ healthyStates: new Set(['UP', 'ERROR']) })]);
    expect(store.views()[0]?.reason).toBeUndefined();
  });
});
