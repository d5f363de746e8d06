import type { HistoryEvent, LmdbSample, StateSpan, Subject } from '../domain/history.ts';
import type { Moment } from '../domain/record.ts';
import type { NodeSnapshot } from '../domain/snapshot.ts';

/** Something to keep, in the order in which it happened. Times are wall-clock milliseconds. */
export type HistoryRecord =
  /** A state begins; it ends the open span of the same subject. */
  | { readonly kind: 'span'; readonly span: Omit<StateSpan, 'toMs'> }
  /** Nothing watches the subject any more. */
  | { readonly kind: 'span_end'; readonly subject: Subject; readonly atMs: number }
  /** Something happened; an event of the same subject and kind that still goes on ends with it. */
  | { readonly kind: 'event'; readonly event: Omit<HistoryEvent, 'id' | 'durationMs'>; readonly endsAtMs?: number }
  /** A run of failed probes ends. */
  | { readonly kind: 'event_end'; readonly subject: Subject; readonly atMs: number }
  | { readonly kind: 'lmdb'; readonly node: string; readonly sample: LmdbSample }
  /** What the next run of the exporter must know of a node; the latest snapshot replaces the one before. */
  | { readonly kind: 'memory'; readonly node: string; readonly memory: readonly [NodeSnapshot, Moment] }
  | { readonly kind: 'counters'; readonly node: string; readonly counters: NodeSnapshot };

/** What is kept of a node by an earlier run of the exporter. */
export interface KeptNode {
  readonly memory: string;
  readonly counters: string;
  /** Wall-clock milliseconds when that run last watched. */
  readonly watchedMs: number;
}
