import type { HistoryRecord } from './records.ts';
import { countersOf, memoryOf } from './restore.ts';
import type { StoredRecord } from './writer.ts';

/** More records than this do not wait: the oldest are dropped, and counted. */
const MAX_RECORDS = 100_000;

type Lasting = Exclude<HistoryRecord, { readonly kind: 'memory' | 'counters' }>;
type Memory = Extract<HistoryRecord, { readonly kind: 'memory' }>;
type Counters = Extract<HistoryRecord, { readonly kind: 'counters' }>;

/** Records that wait to be written. */
export interface RecordQueue {
  add(record: HistoryRecord): void;
  /** All that waits, in its order, as it goes to the database. Until they are confirmed, the same records are taken again. */
  take(): readonly StoredRecord[];
  /** What was taken is written. */
  confirm(): void;
  /** How many records were dropped so far. */
  dropped(): number;
}

/** An empty queue. Of the memory and the counters of a node only the latest waits: they replace the ones before. */
export function createRecordQueue(): RecordQueue {
  let waiting: Lasting[] = [];
  let taken: readonly StoredRecord[] = [];
  const memories = new Map<string, Memory>();
  const counters = new Map<string, Counters>();
  let dropped = 0;

  function add(record: HistoryRecord): void {
    if (record.kind === 'memory') memories.set(record.node, record);
    else if (record.kind === 'counters') counters.set(record.node, record);
    else waiting.push(record);
    if (waiting.length + taken.length <= MAX_RECORDS) return;
    const excess = Math.ceil(MAX_RECORDS / 10);
    dropped += excess;
    if (taken.length >= excess) taken = taken.slice(excess);
    else waiting = waiting.slice(excess);
  }

  function take(): readonly StoredRecord[] {
    const fresh = waiting;
    waiting = [];
    const kept = [...memories].map(
      ([node, { memory }]): StoredRecord => ({ kind: 'memory', node, memory: memoryOf(...memory) }),
    );
    const counted = [...counters].map(([node, record]): StoredRecord => {
      return { kind: 'counters', node, counters: countersOf(record.counters) };
    });
    memories.clear();
    counters.clear();
    taken = [...taken, ...fresh, ...kept, ...counted];
    return taken;
  }

  return {
    add,
    take,
    confirm: () => {
      taken = [];
    },
    dropped: () => dropped,
  };
}
