import { describe, expect, it } from 'vitest';
import { recordUpdate } from '../../src/domain/record.ts';
import { emptySnapshot, type NodeSnapshot } from '../../src/domain/snapshot.ts';
import { viewNode } from '../../src/domain/view.ts';
import {
  countersOf,
  forgottenMeanwhile,
  memoryOf,
  recallSnapshot,
  restoreSnapshot,
} from '../../src/storage/restore.ts';
import { aNode, aReport, connected, declare, good } from '../domain/builders.ts';

const NODE = aNode({ forgetAfterMs: 3_600_000 });

function noDamage(error: unknown): never {
  throw error;
}

/** A life in which A and B are reported, then A alone; B drops out at 2,000 ms of the monotonic clock. */
function firstLife(): NodeSnapshot {
  const at = (ms: number) => ({ monotonicMs: ms, wallMs: 1_000_000 + ms });
  const both = recordUpdate(emptySnapshot(NODE), { health: good(1000, aReport('A'), aReport('B')) }, at(1000)).snapshot;
  return recordUpdate(both, { health: good(2000, aReport('A')) }, at(2000)).snapshot;
}

function keptOfFirstLife() {
  const life = firstLife();
  const memory = memoryOf(life, { monotonicMs: 2000, wallMs: 1_002_000 });
  return { memory, counters: countersOf(life), watchedMs: 1_002_000 };
}

/** What is restored after a downtime, on a monotonic clock that begins anew. */
function afterDowntime(downMs: number): NodeSnapshot {
  return restoreSnapshot(NODE, keptOfFirstLife(), { monotonicMs: 50, wallMs: 1_002_000 + downMs }, noDamage);
}

function nextAnswer(snapshot: NodeSnapshot, wallMs: number, ...reports: ReturnType<typeof aReport>[]) {
  return recordUpdate(snapshot, { health: good(60, ...reports) }, { monotonicMs: 60, wallMs });
}

describe('what is restored', () => {
  it('is memory and no evidence: nothing is green, everything pending', () => {
    const view = viewNode(afterDowntime(60_000), 50);
    expect(view.reason).toBe('pending');
    expect(view.processes.map(({ name, state, healthy, reason }) => [name, state, healthy, reason])).toEqual([
      ['A', 'UNKNOWN', false, 'pending'],
      ['B', 'UNKNOWN', false, 'pending'],
    ]);
  });

  it('names the processes whose row went meanwhile, with their last state: not those that are declared', () => {
    const forgotten = (downMs: number, node = NODE) =>
      forgottenMeanwhile(node, keptOfFirstLife(), afterDowntime(downMs)).map(({ name, state }) => `${name} ${state}`);
    expect(forgotten(60_000)).toEqual([]);
    expect(forgotten(10_000_000)).toEqual(['A UP', 'B DOWN']);
    expect(forgotten(10_000_000, aNode({ declared: declare({ name: 'B' }) }))).toEqual(['A UP']);
  });

  it('has the missing process missing from the first good answer on, and its counters and since go on', () => {
    const { view, snapshot, transitions } = nextAnswer(afterDowntime(60_000), 1_062_060, aReport('A'));
    expect(view.processes.map(({ name, state, reason }) => [name, state, reason])).toEqual([
      ['A', 'UP', undefined],
      ['B', 'DOWN', 'not_reported'],
    ]);
    expect(transitions).toEqual([]);
    expect(snapshot.healthCounts.finished).toBe(3);
    expect(snapshot.histories.get('B')).toMatchObject({ state: 'DOWN', sinceMs: 1_002_000, changes: 1 });
    expect(snapshot.standing).toMatchObject({ reason: 'process_unhealthy', sinceMs: 1_002_000 });
  });

  it('keeps since when the node has been so, though a connect probe finishes before the first health probe', () => {
    const connects = new Map([['A', connected(55, 'ok')]]);
    const early = recordUpdate(afterDowntime(60_000), { connects }, { monotonicMs: 55, wallMs: 1_062_005 });
    expect(early.view.reason).toBe('pending');
    const { snapshot } = nextAnswer(early.snapshot, 1_062_060, aReport('A'));
    expect(snapshot.standing).toMatchObject({ reason: 'process_unhealthy', sinceMs: 1_002_000 });
  });

  it('records a change in the span in which it must have happened', () => {
    const { transitions, snapshot } = nextAnswer(afterDowntime(60_000), 1_062_060, aReport('A'), aReport('B'));
    expect(transitions).toMatchObject([
      { process: 'B', from: 'DOWN', to: 'UP', atMs: 1_062_060, notBeforeMs: 1_002_000 },
    ]);
    expect(snapshot.histories.get('B')).not.toHaveProperty('restoredMs');
  });

  it.each([
    ['keeps a process until forget_after', 3_598_999, ['A', 'B']],
    ['counts forget_after through the downtime', 3_599_000, ['A']],
    ['forgets all after a long downtime', 10_000_000, []],
    ['makes no report older when the clock went backwards', -500_000, ['A', 'B']],
  ])('%s', (_, downMs, names) => {
    expect([...afterDowntime(downMs).roster.keys()]).toEqual(names);
  });
});

describe('memory that arrives while the exporter runs', () => {
  const at = (ms: number) => ({ monotonicMs: ms, wallMs: 1_062_000 + ms });
  const running = recordUpdate(emptySnapshot(NODE), { health: good(60, aReport('A')) }, at(60)).snapshot;
  const recalled = recallSnapshot(running, keptOfFirstLife(), at(100), noDamage);

  it('has the missing process missing at once, with its own history', () => {
    const view = viewNode(recalled, 100);
    expect(view.processes.map(({ name, state, reason }) => [name, state, reason])).toEqual([
      ['A', 'UP', undefined],
      ['B', 'DOWN', 'not_reported'],
    ]);
    expect(recalled.histories.get('B')).toMatchObject({ state: 'DOWN', sinceMs: 1_002_000 });
  });

  it('gives a state that still holds its since back, and leaves the counters of this run', () => {
    expect(recalled.histories.get('A')).toMatchObject({ state: 'UP', sinceMs: 1_001_000, changes: 0 });
    expect(recalled.healthCounts.finished).toBe(1);
  });

  it('leaves a state that is another one now', () => {
    const down = { ...aReport('A'), state: 'DOWN', status: 'DOWN' } as const;
    const other = recordUpdate(emptySnapshot(NODE), { health: good(60, down) }, at(60)).snapshot;
    const { histories, standing } = recallSnapshot(other, keptOfFirstLife(), at(100), noDamage);
    expect(histories.get('A')).toMatchObject({ state: 'DOWN', sinceMs: 1_062_060 });
    expect(standing).toMatchObject({ reason: 'process_unhealthy', sinceMs: 1_002_000 });
  });

  it('is evidence of nothing: before the first probe all is pending', () => {
    const view = viewNode(recallSnapshot(emptySnapshot(NODE), keptOfFirstLife(), at(100), noDamage), 100);
    expect(view.reason).toBe('pending');
    expect(view.processes.map(({ healthy }) => healthy)).toEqual([false, false]);
  });
});

it('counts the connect probes of a process that is called like a part of JavaScript', () => {
  const name = '__proto__';
  const at = { monotonicMs: 10, wallMs: 1000 };
  const answered = recordUpdate(emptySnapshot(NODE), { health: good(10, aReport(name)) }, at).snapshot;
  const { snapshot } = recordUpdate(answered, { connects: new Map([[name, connected(10, 'ok')]]) }, at);
  const kept = { memory: memoryOf(snapshot, at), counters: countersOf(snapshot), watchedMs: 1000 };
  expect(restoreSnapshot(NODE, kept, at, noDamage).connects.get(name)?.counts.finished).toBe(1);
});
