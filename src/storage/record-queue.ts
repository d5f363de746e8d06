import type { HistoryRecord } from './records.ts';
import { countersOf, memoryOf } from './restore.ts';
import type { StoredRecord } from './writer.ts';

/** More records than this do not wait: the oldest are dropped, and counted. */
const MAX_RECORDS = 100_000;

/** Most records, and most nodes, of one batch: to send it takes milliseconds. */
const MAX_BATCH_RECORDS = 1000;
const MAX_BATCH_NODES = 50;

type Lasting = Exclude<HistoryRecord, { readonly kind: 'memory' | 'counters' }>;
type Memory = Extract<HistoryRecord, { readonly kind: 'memory' }>;
type Counters = Extract<HistoryRecord, { readonly kind: 'counters' }>;

/** Records that wait to be written. */
export interface RecordQueue {
  add(record: HistoryRecord): void;
  /** The next batch, in order, as it goes to the database. Until it is confirmed, the same records come again. */
  take(): readonly StoredRecord[];
  /** The last batch is written. */
  confirm(): void;
  isEmpty(): boolean;
  /** How many records were dropped so far. */
  dropped(): number;
}

/** An empty queue. Of the memory and the counters of a node only the latest wait: they replace the ones before. */
export function createRecordQueue(): RecordQueue {
  const memories = new Map<string, Memory>();
  const counters = new Map<string, Counters>();
  let waiting: Lasting[] = [];
  let taken: { records: number; memories: readonly Memory[]; counters: readonly Counters[] } = NOTHING;
  let dropped = 0;

  function add(record: HistoryRecord): void {
    if (record.kind === 'memory') memories.set(record.node, record);
    else if (record.kind === 'counters') counters.set(record.node, record);
    else waiting.push(record);
    if (waiting.length <= MAX_RECORDS) return;
    const excess = MAX_RECORDS / 10;
    dropped += excess;
    waiting = waiting.slice(excess);
    taken = { ...taken, records: Math.max(0, taken.records - excess) };
  }

  function take(): readonly StoredRecord[] {
    const records = waiting.slice(0, MAX_BATCH_RECORDS);
    taken = { records: records.length, memories: first(memories), counters: first(counters) };
    return [
      ...records,
      ...taken.memories.map(
        ({ node, memory }): StoredRecord => ({ kind: 'memory', node, memory: memoryOf(...memory) }),
      ),
      ...taken.counters.map(({ node, counters: snapshot }): StoredRecord => {
        return { kind: 'counters', node, counters: countersOf(snapshot) };
      }),
    ];
  }

  function confirm(): void {
    waiting = waiting.slice(taken.records);
    // What came for a node since the batch was taken still waits.
    for (const memory of taken.memories) if (memories.get(memory.node) === memory) memories.delete(memory.node);
    for (const count of taken.counters) if (counters.get(count.node) === count) counters.delete(count.node);
    taken = NOTHING;
  }

  const isEmpty = (): boolean => waiting.length + memories.size + counters.size === 0;
  return { add, take, confirm, isEmpty, dropped: () => dropped };
}

const NOTHING = { records: 0, memories: [], counters: [] } as const;

function first<T>(byNode: ReadonlyMap<string, T>): readonly T[] {
  const found: T[] = [];
  for (const value of byNode.values()) {
    if (found.length === MAX_BATCH_NODES) break;
    found.push(value);
  }
  return found;
}
