import type { HistoryEvent, LmdbSample, StateSpan, Subject } from '../domain/history.ts';
import type { Moment } from '../domain/record.ts';
import type { NodeSnapshot } from '../domain/snapshot.ts';

/** Something that happened, in the order in which it did. Times are wall-clock milliseconds. */
export type LastingRecord =
  /** A state begins; it ends the open span of the same subject. */
  | { readonly kind: 'span'; readonly span: Omit<StateSpan, 'toMs'> }
  /** Nothing watches the subject any more. */
  | { readonly kind: 'span_end'; readonly subject: Subject; readonly atMs: number }
  /** Something happened; what of the subject goes on ends with it as `endedKinds` says. */
  | { readonly kind: 'event'; readonly event: Omit<HistoryEvent, 'durationMs'>; readonly endsAtMs?: number }
  /** A run of failed probes ends. */
  | { readonly kind: 'event_end'; readonly subject: Subject; readonly atMs: number }
  | { readonly kind: 'lmdb'; readonly node: string; readonly sample: LmdbSample };

/** A record as the recorder makes it. */
export type HistoryRecord =
  | LastingRecord
  /** What the next run of the exporter must know of a node; the latest snapshot replaces the one before. */
  | { readonly kind: 'memory'; readonly node: string; readonly memory: readonly [NodeSnapshot, Moment] }
  | { readonly kind: 'counters'; readonly node: string; readonly counters: NodeSnapshot };

/** The kinds of events that a new event of the same subject ends. */
export function endedKinds({
  event,
  endsAtMs,
}: Extract<LastingRecord, { kind: 'event' }>): readonly HistoryEvent['kind'][] {
  if (event.kind === 'forgotten') return ['state', 'probe_failures'];
  return endsAtMs === undefined ? [event.kind] : [];
}

/** Wall-clock milliseconds when an event was seen. */
export function seenMsOf({ atMs, betweenMs }: Pick<HistoryEvent, 'atMs' | 'betweenMs'>): number {
  return atMs ?? betweenMs?.to ?? 0;
}

/** What is kept of a node by an earlier run of the exporter, or by this run before it lost the node. */
export interface KeptNode {
  readonly memory: string;
  readonly counters: string;
  /** Wall-clock milliseconds when that run last watched. */
  readonly watchedMs: number;
}
