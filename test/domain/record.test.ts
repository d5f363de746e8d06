import { describe, expect, it } from 'vitest';
import { type ProbeUpdate, recordUpdate } from '../../src/domain/record.ts';
import { emptySnapshot, type NodeSnapshot } from '../../src/domain/snapshot.ts';
import type { Transition } from '../../src/domain/transition.ts';
import { aNode, aReport, connected, declare, failed, good } from './builders.ts';

const START = emptySnapshot(aNode({ declared: declare({ name: 'A' }), forgetAfterMs: 100 }));

function recorded(...updates: readonly ProbeUpdate[]) {
  let snapshot: NodeSnapshot = START;
  let transitions: readonly Transition[] = [];
  for (const [index, update] of updates.entries()) {
    const at = { monotonicMs: index * 10, wallMs: 5_000 + index };
    ({ snapshot, transitions } = recordUpdate(snapshot, update, at));
  }
  return { snapshot, transitions };
}

function connects(...results: readonly (readonly [string, ReturnType<typeof connected>])[]): ProbeUpdate {
  return { connects: new Map(results) };
}

describe('recordUpdate', () => {
  it('changes nothing but the standing without a result', () => {
    const standing = { reason: 'pending', sinceMs: 5_000 };
    expect(recorded({})).toEqual({ snapshot: { ...START, standing }, transitions: [] });
  });

  it('counts health probes and keeps the last success through a failure', () => {
    const { snapshot } = recorded({ health: good(0, aReport('A')) }, { health: failed(10) }, { health: failed(20) });
    expect(snapshot.health).toEqual(failed(20));
    expect(snapshot.healthCounts.finished).toBe(3);
    expect(snapshot.healthCounts.failures.get('refused')).toBe(2);
    expect(snapshot.healthCounts.failures.get('timeout')).toBe(0);
    expect(snapshot.lastSuccessAtMs).toBe(1_000_010);
    expect([...snapshot.roster.keys()]).toEqual(['A']);
  });

  it('adds up rejected rows', () => {
    const rejecting = { ...good(0), report: { processes: [], rejectedRows: 2 } };
    expect(recorded({ health: rejecting }, { health: rejecting }, { health: failed(3) }).snapshot.rejectedRows).toBe(4);
  });

  it('keeps the latest connect of each process and counts all', () => {
    const { snapshot } = recorded(
      connects(['A', connected(0, 'ok')]),
      connects(['A', connected(10, 'timeout')]),
      connects(['A', connected(20, 'refused')]),
    );
    expect(snapshot.connects.get('A')?.result).toEqual(connected(20, 'refused'));
    expect(snapshot.connects.get('A')?.counts.finished).toBe(3);
    expect(Object.fromEntries(snapshot.connects.get('A')?.counts.failures ?? [])).toMatchObject({
      refused: 1,
      timeout: 1,
      dns: 0,
    });
  });

  it('drops all of a process that is not shown any more', () => {
    const { snapshot } = recorded(
      { health: good(0, aReport('B')), ...connects(['B', connected(0, 'ok')]) },
      { health: good(100) },
    );
    expect(snapshot.connects.size).toBe(0);
    expect([...snapshot.histories.keys()]).toEqual(['A']);
  });

  it('keeps no connect of a process that it does not know', () => {
    expect(recorded(connects(['STRANGER', connected(0, 'ok')])).snapshot.connects.size).toBe(0);
  });

  it('tells of a change that a health probe shows', () => {
    const down = aReport('A', { status: 'DOWN', state: 'DOWN' });
    const { snapshot, transitions } = recorded({ health: good(0, aReport('A')) }, { health: good(10, down) });
    expect(transitions).toMatchObject([{ process: 'A', from: 'UP', to: 'DOWN', reason: 'reported' }]);
    expect(snapshot.histories.get('A')).toMatchObject({ changes: 1, lastChangeAtMs: 5_001 });
  });

  it('tells of a change that a connect alone shows', () => {
    const { transitions } = recorded({ health: good(0, aReport('A')) }, connects(['A', connected(10, 'refused')]));
    expect(transitions).toMatchObject([{ process: 'A', from: 'UP', to: 'DOWN', reason: 'connect_failed' }]);
  });

  it('knows since when the node has been as it is', () => {
    const up = { health: good(0, aReport('A')) };
    expect(recorded(up, up, up).snapshot.standing).toEqual({ reason: undefined, sinceMs: 5_000 });
    expect(recorded(up, up, { health: failed(20) }, { health: failed(30) }).snapshot.standing).toEqual({
      reason: 'health_unavailable',
      sinceMs: 5_002,
    });
  });

  it('keeps failures though later probes succeed', () => {
    const { snapshot } = recorded(
      { health: failed(0), ...connects(['A', connected(0, 'timeout')]) },
      { health: good(10, aReport('A')), ...connects(['A', connected(10, 'ok')]) },
    );
    expect(snapshot.failures.map(({ process, reason }) => [process, reason])).toEqual([
      [undefined, 'refused'],
      ['A', 'timeout'],
    ]);
  });

  it('keeps no failure of a process that it does not know', () => {
    expect(recorded(connects(['STRANGER', connected(0, 'refused')])).snapshot.failures).toEqual([]);
  });

  it('tells of no change when the endpoint fails and comes back', () => {
    const up = { health: good(0, aReport('A')) };
    expect(recorded(up, { health: failed(10) }).transitions).toEqual([]);
    expect(recorded(up, { health: failed(10) }, { health: good(20, aReport('A')) }).transitions).toEqual([]);
  });
});
