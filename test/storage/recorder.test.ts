import { expect, it } from 'vitest';
import { recordUpdate } from '../../src/domain/record.ts';
import { emptySnapshot, type NodeSnapshot } from '../../src/domain/snapshot.ts';
import { viewNode } from '../../src/domain/view.ts';
import { createRecorder } from '../../src/storage/recorder.ts';
import type { HistoryRecord } from '../../src/storage/records.ts';
import { aNode, aReport, failed, good } from '../domain/builders.ts';

const NODE = aNode({ intervalMs: 1000, staleAfterMs: 3000 });

function setUp(lastEventId = 0) {
  const told: string[] = [];
  const ids: number[] = [];
  function sink(record: HistoryRecord): void {
    if (record.kind !== 'event') return;
    const { kind, process, from, to, id } = record.event;
    told.push(`${process ?? 'node'} ${kind} ${from} ${to}`);
    ids.push(id);
  }
  const restored = () => ({ watchedMs: 500, forgotten: [{ name: 'B', state: 'DOWN' }] as const });
  const recorder = createRecorder({ sink, restored, lastEventId });
  let snapshot: NodeSnapshot = emptySnapshot(NODE);
  function probe(ms: number, health = good(ms, aReport('A'))): void {
    const at = { monotonicMs: ms, wallMs: ms };
    const before = viewNode(snapshot, ms);
    const { view, transitions } = recordUpdate(snapshot, { health }, at);
    snapshot = view.snapshot;
    recorder.recorded({ before, after: view, transitions }, at);
  }
  function look(ms: number): void {
    recorder.look([viewNode(snapshot, ms)], { monotonicMs: ms, wallMs: ms });
  }
  return { told, ids, recorder, probe, look };
}

it('tells of a node whose evidence grew too old, and that it came back', () => {
  const { told, probe, look } = setUp();
  probe(1000);
  told.length = 0;
  for (let ms = 2000; ms <= 6000; ms += 1000) look(ms);
  probe(6500);
  expect(told).toEqual(['node state HEALTHY UNKNOWN', 'node state UNKNOWN HEALTHY']);
});

it('tells of time in which nobody looked, once', () => {
  const { told, probe, look } = setUp();
  probe(1000);
  look(1500);
  told.length = 0;
  look(60_000);
  probe(60_100);
  expect(told.filter((event) => event.includes('not_watched'))).toEqual(['node not_watched undefined NOT_WATCHED']);
});

it('tells once of a process that was forgotten meanwhile, with ids that grow past those of earlier runs', () => {
  const { told, ids, probe } = setUp(9_000_000);
  probe(1000);
  probe(2000);
  expect(told).toEqual(['node not_watched undefined NOT_WATCHED', 'B forgotten DOWN undefined']);
  expect(ids).toEqual([9_000_001, 9_000_002]);
});

it.each([
  ['has not come back', [aReport('A')], ['B forgotten DOWN undefined']],
  ['has come back', [aReport('A'), aReport('B')], []],
])('waits for a good answer before it says that a process is forgotten, which %s', (_what, rows, expected) => {
  const { told, probe } = setUp();
  probe(1000, failed(1000));
  expect(told.filter((event) => event.includes('forgotten'))).toEqual([]);
  probe(2000, good(2000, ...rows));
  expect(told.filter((event) => event.includes('forgotten'))).toEqual(expected);
});

it('gives the last snapshot of a node that leaves', () => {
  const { recorder, probe } = setUp();
  probe(1000);
  probe(2000);
  const gone = recorder.keepNodes(new Set(), 2500);
  expect(gone.map(({ healthCounts }) => healthCounts.finished)).toEqual([2]);
  expect(recorder.keepNodes(new Set(), 2600)).toEqual([]);
});
