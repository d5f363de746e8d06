import type { ConnectFailure, HealthFailure } from '../domain/failure-reason.ts';
import type { Hint } from '../domain/hint.ts';
import type { SpanState } from '../domain/history.ts';
import type { NodeReason } from '../domain/node-health.ts';
import type { ProcessState } from '../domain/process-state.ts';
import type { ProcessReason } from '../domain/verdict.ts';
import type { AvailabilityInfo } from './history-info.ts';

/** What `/api/v1/nodes` answers, and all that the page shows. Times are ISO 8601 in UTC; null is what is not known or does not apply. */
export interface NodesAnswer {
  /** When it was made. */
  readonly at: string;
  /** What `since` takes to be told only of nodes that have changed. */
  readonly cursor: string;
  readonly exporter: ExporterInfo;
  /** Every node that the query admits, in order, whether or not it is in `nodes`. */
  readonly names: readonly string[];
  readonly nodes: readonly NodeInfo[];
}

/** The exporter itself. */
export interface ExporterInfo {
  readonly version: string;
  readonly startedAt: string;
  /** Whether its loop is alive. */
  readonly healthy: boolean;
}

/** One node. */
export interface NodeInfo {
  readonly name: string;
  /** Another one whenever something of the node has changed. */
  readonly version: number;
  readonly address: string;
  readonly cluster: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly healthy: boolean;
  readonly reason: NodeReason | null;
  readonly since: string | null;
  /** Address of the runbook; null when the node is healthy, and when its processes have their own. */
  readonly runbook: string | null;
  readonly intervalSeconds: number;
  readonly rejectedRows: number;
  readonly health: HealthInfo;
  readonly processes: readonly ProcessInfo[];
  readonly failures: readonly FailureInfo[];
  /** Null until the history has been read. */
  readonly lastDay: LastDayInfo | null;
  /** Planned maintenance that goes on, with its end; null outside of it. */
  readonly maintenance: { readonly name: string; readonly until: string } | null;
}

/** The 24 hours of a node before it last changed. */
export interface LastDayInfo {
  readonly from: string;
  readonly to: string;
  /** From `from` to `to` without a gap; where so many that nobody could see them, in columns of 5 minutes, each the worst it had. */
  readonly spans: readonly { readonly from: string; readonly to: string; readonly state: SpanState }[];
  readonly availability: AvailabilityInfo;
}

/** The latest finished health probe of a node. */
export interface HealthInfo {
  readonly standing: 'good' | 'failed' | 'stale' | 'none' | 'off';
  readonly statusCode: number | null;
  readonly failure: HealthFailure | null;
  /** What is wrong with the answer, in one line; empty when nothing is. */
  readonly detail: string;
  /** What that looks like; null where nothing is known of it. */
  readonly hint: Hint | null;
  /** Address of the page that says what to do about it. */
  readonly help: string | null;
  readonly finishedAt: string | null;
  readonly durationSeconds: number | null;
  readonly lastSuccessAt: string | null;
  /** IP address of the latest health answer, or the one that was tried last; null through a proxy and before the lookup. */
  readonly remoteAddress: string | null;
}

/** One process of a node. */
export interface ProcessInfo {
  readonly name: string;
  /** The STATUS that `/health/status` serves. */
  readonly status: string;
  readonly state: ProcessState;
  readonly healthy: boolean;
  /** Whether it leaves its node healthy: it is healthy, or Genesis itself answered 200. */
  readonly acceptable: boolean;
  readonly reason: ProcessReason | null;
  readonly since: string | null;
  /** Address of the runbook; null when it is healthy. */
  readonly runbook: string | null;
  readonly message: string;
  readonly port: number | null;
  readonly declaredPort: number | null;
  readonly group: string;
  readonly primaryOnly: boolean;
  /** Null where nothing is declared on the node. */
  readonly expected: boolean | null;
  /** Null unless the node's health is good. */
  readonly reported: boolean | null;
  readonly lmdb: readonly { readonly usedRatio: number | null; readonly totalBytes: number | null }[];
  readonly connect: ConnectInfo | null;
  readonly changeCount: number;
  /** The latest, the oldest first. */
  readonly changes: readonly ChangeInfo[];
}

/** The connect probe that counts as evidence. */
export interface ConnectInfo {
  readonly host: string;
  readonly port: number;
  readonly outcome: 'ok' | ConnectFailure;
  /** What was seen of a failure, in one line; empty after a success. */
  readonly detail: string;
  /** What that looks like; null where nothing is known of it. */
  readonly hint: Hint | null;
  /** Address of the page that says what to do about it. */
  readonly help: string | null;
  readonly finishedAt: string;
  readonly durationSeconds: number;
  readonly certNotAfter: string | null;
}

/** One change of a process from a known state to another. */
export interface ChangeInfo {
  readonly at: string;
  readonly from: ProcessState;
  readonly to: ProcessState;
  readonly reason: ProcessReason | null;
  /** The beginning of the message it came with. */
  readonly message: string;
}

/** Probes of one kind that failed one after the other for one reason. */
export interface FailureInfo {
  /** Whose connect probe it was; null for the health probe. */
  readonly process: string | null;
  readonly reason: HealthFailure | ConnectFailure;
  readonly detail: string;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly count: number;
}
