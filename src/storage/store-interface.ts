import type { Clock } from '../domain/clock.ts';
import type { EventsPage, EventsQuery, NodeHistory } from '../domain/history.ts';
import type { Log } from '../domain/log.ts';
import type { HistoryRecord, KeptNode } from './records.ts';

/** What a store works with. */
export interface StoreDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** File of the storage process. */
  readonly processUrl: URL;
  /** Called with what earlier runs kept, by node, when the database opens after the start, or opens anew. */
  readonly onLateMemory: (kept: ReadonlyMap<string, KeptNode>) => void;
}

/** How the store does, for the exporter's own metrics. Times are wall-clock milliseconds. */
export interface StoreHealth {
  /** Undefined before the first write. */
  readonly lastWriteSuccessful: boolean | undefined;
  readonly lastWriteAtMs: number | undefined;
  readonly sizeBytes: number | undefined;
  readonly droppedRecords: number;
}

/**
 * The database of an exporter, in a process of its own: nothing here waits for the disk. A thread would not do, since Node.js
 * cannot exit while one of its threads hangs in a system call.
 */
export interface Store {
  /** What earlier runs kept, by node. Empty when the database did not open in time: it comes by `onLateMemory`. */
  readonly kept: ReadonlyMap<string, KeptNode>;
  /** The id of the latest event that earlier runs kept; 0 when there is none, or the database did not open in time. */
  readonly lastEventId: number;
  /** Whether the database has opened in this run, so that it may hold what memory does not. */
  hasOpened(): boolean;
  add(record: HistoryRecord): void;
  /** Rejects when the database does not answer in time. */
  events(query: EventsQuery): Promise<EventsPage>;
  history(node: string, fromMs: number, toMs: number): Promise<NodeHistory | undefined>;
  health(): StoreHealth;
  /** Writes what is left; gives up on a disk that hangs. */
  close(): Promise<void>;
}
