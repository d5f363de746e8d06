import type { ConnectResult, HealthResult } from './evidence.ts';
import { type ConnectFailure, HEALTH_FAILURES, type HealthFailure } from './failure-reason.ts';
import type { FailureRun } from './failure-run.ts';
import type { GenesisNode } from './node.ts';
import type { NodeReason } from './node-health.ts';
import type { Roster } from './roster.ts';
import type { Histories } from './transition.ts';

/** How many probes finished, and how many of them failed for which reason. */
export interface ProbeCounts<Reason extends string> {
  readonly finished: number;
  readonly failures: ReadonlyMap<Reason, number>;
}

/** Counts that start at 0 for every reason, as a counter's first sample must. */
export function zeroCounts<Reason extends string>(reasons: readonly Reason[]): ProbeCounts<Reason> {
  return { finished: 0, failures: new Map(reasons.map((reason) => [reason, 0])) };
}

/** The counts after one more finished probe; `failure` is undefined after a success. */
export function countProbe<Reason extends string>(
  counts: ProbeCounts<Reason>,
  failure: Reason | undefined,
): ProbeCounts<Reason> {
  const finished = counts.finished + 1;
  if (failure === undefined) return { finished, failures: counts.failures };
  const count = (counts.failures.get(failure) ?? 0) + 1;
  return { finished, failures: new Map(counts.failures).set(failure, count) };
}

/** The latest connect result of a process, and the counts of all results. */
export interface ConnectRecord {
  /** Undefined while only the counts of an earlier run of the exporter are known. */
  readonly result: ConnectResult | undefined;
  readonly counts: ProbeCounts<ConnectFailure>;
}

/** The verdict on a node when last a probe finished, and since when it has been that one. */
export interface NodeStanding {
  /** Undefined when the node was healthy. */
  readonly reason: NodeReason | undefined;
  /** Wall-clock milliseconds. */
  readonly sinceMs: number;
}

/** All that is known of a node at one moment. Never changed: each result makes a new one. */
export interface NodeSnapshot {
  readonly node: GenesisNode;
  /** The latest finished health probe. */
  readonly health: HealthResult | undefined;
  readonly healthCounts: ProbeCounts<HealthFailure>;
  readonly rejectedRows: number;
  /** Wall-clock milliseconds of the latest good health probe. */
  readonly lastSuccessAtMs: number | undefined;
  readonly roster: Roster;
  readonly connects: ReadonlyMap<string, ConnectRecord>;
  readonly histories: Histories;
  /** The last failures of probes, whatever came after them; the latest last. */
  readonly failures: readonly FailureRun[];
  /** Undefined until a probe has finished. */
  readonly standing: NodeStanding | undefined;
}

/** A snapshot without any evidence. */
export function emptySnapshot(node: GenesisNode): NodeSnapshot {
  return {
    node,
    health: undefined,
    healthCounts: zeroCounts(HEALTH_FAILURES),
    rejectedRows: 0,
    lastSuccessAtMs: undefined,
    roster: new Map(),
    connects: new Map(),
    histories: new Map(),
    failures: [],
    standing: undefined,
  };
}
