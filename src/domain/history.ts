import type { ConnectFailure, HealthFailure } from './failure-reason.ts';
import type { NodeReason } from './node-health.ts';
import type { ProcessState } from './process-state.ts';
import type { ProcessReason } from './verdict.ts';

/** State of a node over time. `UNKNOWN`: the exporter probed but has no usable answer (`health_unavailable`, `stale`). */
export type NodeState = 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';

/** The state that a node's reason stands for; undefined before the first probe. */
export function nodeStateOf(reason: NodeReason | undefined): NodeState | undefined {
  if (reason === undefined) return 'HEALTHY';
  if (reason === 'pending') return undefined;
  return reason === 'health_unavailable' || reason === 'stale' ? 'UNKNOWN' : 'UNHEALTHY';
}

/** State of a node or a process while the exporter watched it. */
export type WatchedState = ProcessState | NodeState;

/** State of a span of time; `NOT_WATCHED` when no exporter watched, or before the first probe finished. */
export type SpanState = WatchedState | 'NOT_WATCHED';

/** A node, or one process of it. */
export interface Subject {
  readonly node: string;
  /** Undefined for the node itself. */
  readonly process: string | undefined;
}

/** A stretch of time in which a node or process kept one served state for one reason. Times are wall-clock milliseconds. */
export interface StateSpan extends Subject {
  readonly fromMs: number;
  /** Undefined while it goes on. */
  readonly toMs: number | undefined;
  readonly state: WatchedState;
  /** The verdict: `genesis_process_healthy` or `genesis_node_healthy`. */
  readonly healthy: boolean;
  readonly reason: ProcessReason | NodeReason | undefined;
  /** Beginning of the message served with it; empty for a node. */
  readonly message: string;
}

/** The kinds of events in `/api/v1/events`. */
export const EVENT_KINDS = ['state', 'probe_failures', 'not_watched', 'forgotten'] as const;

/** One kind of event. */
export type EventKind = (typeof EVENT_KINDS)[number];

/**
 * One thing that happened to a node or a process.
 * - `state`: a change between known states. While a process has no evidence (`pending`, `health_unavailable`, `stale`), it has no such event; its node has one.
 * - `probe_failures`: failed probes in a row for one reason.
 * - `not_watched`: no exporter watched, from `atMs` on for `durationMs`.
 * - `forgotten`: a process was missing for `forget_after` and loses its row.
 */
export interface HistoryEvent extends Subject {
  /** Grows with each event of the fleet, also across restarts with a store; orders events of one moment. */
  readonly id: number;
  readonly kind: EventKind;
  /** When it began; undefined if only a span is known, for example across a restart. */
  readonly atMs: number | undefined;
  /** The span in which it must have happened; undefined when `atMs` is known. */
  readonly betweenMs: { readonly from: number; readonly to: number } | undefined;
  readonly from: SpanState | undefined;
  readonly to: SpanState | undefined;
  readonly reason: ProcessReason | NodeReason | HealthFailure | ConnectFailure | undefined;
  /** Beginning of the message or detail; may be empty. */
  readonly message: string;
  /** How long the state or the run lasted; undefined while it goes on. */
  readonly durationMs: number | undefined;
}

/** One sample of an LMDB store of a process. */
export interface LmdbSample {
  readonly process: string;
  /** The part's number among the LMDB parts of the message, from 0. */
  readonly store: number;
  readonly atMs: number;
  /** 0 to 1; undefined when the message had no usable value. */
  readonly usedRatio: number | undefined;
  readonly totalBytes: number | undefined;
}

/** Durations of a node's health probes in one bucket of time. Milliseconds. */
export interface DurationBucket {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  readonly minimumMs: number;
  readonly medianMs: number;
  readonly maximumMs: number;
}

/** A query for events. */
export interface EventsQuery {
  readonly nodes: readonly string[];
  readonly processes: readonly string[];
  /** States before or after the change; empty for any. */
  readonly states: readonly string[];
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  /** 1 to 1,000. */
  readonly limit: number;
  /** `next` of the page before; undefined for the newest. */
  readonly cursor: string | undefined;
}

/** Events, the newest first. */
export interface EventsPage {
  readonly events: readonly HistoryEvent[];
  /** Cursor of the next, older page; undefined when there is none. */
  readonly next: string | undefined;
}

/** The kept history of one node between two moments. */
export interface NodeHistory {
  readonly node: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Spans of the node and its processes, ordered by begin. Time without a span was not watched. */
  readonly spans: readonly StateSpan[];
  readonly lmdb: readonly LmdbSample[];
  readonly durations: readonly DurationBucket[];
}

/** The source of history: the database, or memory without one. Reading never blocks the event loop. */
export interface HistorySource {
  events(query: EventsQuery): Promise<EventsPage>;
  /** Undefined for a node without history. */
  history(node: string, fromMs: number, toMs: number): Promise<NodeHistory | undefined>;
}
