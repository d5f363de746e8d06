import { expect, it } from 'vitest';
import { emptySnapshot } from '../../src/domain/snapshot.ts';
import { createRecordQueue } from '../../src/storage/record-queue.ts';
import type { HistoryRecord } from '../../src/storage/records.ts';
import { aNode } from '../domain/builders.ts';

function spanEnd(atMs: number): HistoryRecord {
  return { kind: 'span_end', subject: { node: 'a', process: undefined }, atMs };
}

function counters(node: string, rejectedRows: number): HistoryRecord {
  return { kind: 'counters', node, counters: { ...emptySnapshot(aNode({ name: node })), rejectedRows } };
}

it('gives the same batch again until it is confirmed', () => {
  const queue = createRecordQueue();
  queue.add(spanEnd(1));
  expect(queue.take()).toEqual(queue.take());
  queue.confirm();
  expect(queue.take()).toEqual([]);
  expect(queue.isEmpty()).toBe(true);
});

it('gives batches that are small, in order, and loses none', () => {
  const queue = createRecordQueue();
  for (let atMs = 0; atMs < 2500; atMs += 1) queue.add(spanEnd(atMs));
  const seen: number[] = [];
  while (!queue.isEmpty()) {
    const batch = queue.take();
    expect(batch.length).toBeLessThanOrEqual(1000);
    seen.push(...batch.flatMap((record) => (record.kind === 'span_end' ? [record.atMs] : [])));
    queue.confirm();
  }
  expect(seen).toEqual(Array.from({ length: 2500 }, (_, atMs) => atMs));
});

it('keeps of the counters of a node the latest, also one that comes while a batch is on its way', () => {
  const queue = createRecordQueue();
  queue.add(counters('a', 1));
  queue.add(counters('a', 2));
  expect(queue.take()).toHaveLength(1);
  queue.add(counters('a', 3));
  queue.confirm();
  const [record] = queue.take();
  expect(record?.kind === 'counters' && JSON.parse(record.counters)).toMatchObject({ rejectedRows: 3 });
});

it('drops the oldest of too many, and counts them', () => {
  const queue = createRecordQueue();
  for (let atMs = 0; atMs <= 100_000; atMs += 1) queue.add(spanEnd(atMs));
  expect(queue.dropped()).toBe(10_000);
  expect(queue.take()[0]).toMatchObject({ atMs: 10_000 });
});
