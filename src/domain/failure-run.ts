import type { ConnectResult, HealthResult } from './evidence.ts';
import type { ConnectFailure, HealthFailure } from './failure-reason.ts';

/** At most this many runs of a node are kept, the latest ones. */
export const MAX_FAILURE_RUNS = 10;

/** Probes of one kind that failed one after the other for one reason. Times are wall-clock milliseconds. */
export interface FailureRun {
  /** The process of a connect probe; undefined for the node's health probe. */
  readonly process: string | undefined;
  readonly reason: HealthFailure | ConnectFailure;
  /** The detail of the last failure, without secrets. */
  readonly detail: string;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** The number of probes. */
  readonly count: number;
}

/** The runs after one more health probe; the same array when it did not fail. */
export function recordHealthFailure(
  runs: readonly FailureRun[],
  before: HealthResult | undefined,
  result: HealthResult | undefined,
): readonly FailureRun[] {
  if (result?.kind !== 'failed') return runs;
  const { reason, detail, timing } = result;
  const isSame = before?.kind === 'failed' && before.reason === reason;
  return withFailure(runs, { process: undefined, reason, detail, atMs: timing.finishedAtMs }, isSame);
}

/** The runs after more connect probes of processes by name; the same array when none failed. */
export function recordConnectFailures(
  runs: readonly FailureRun[],
  before: ReadonlyMap<string, { readonly result: ConnectResult | undefined }>,
  results: ReadonlyMap<string, ConnectResult>,
): readonly FailureRun[] {
  let next = runs;
  for (const [process, { outcome, detail, timing }] of results) {
    if (outcome === 'ok') continue;
    const isSame = before.get(process)?.result?.outcome === outcome;
    next = withFailure(next, { process, reason: outcome, detail, atMs: timing.finishedAtMs }, isSame);
  }
  return next;
}

interface Failure {
  readonly process: string | undefined;
  readonly reason: FailureRun['reason'];
  readonly detail: string;
  readonly atMs: number;
}

function withFailure(
  runs: readonly FailureRun[],
  { atMs, ...failure }: Failure,
  continues: boolean,
): readonly FailureRun[] {
  const run = continues ? runs.findLast(({ process }) => process === failure.process) : undefined;
  const next = { ...failure, firstAtMs: run?.firstAtMs ?? atMs, lastAtMs: atMs, count: (run?.count ?? 0) + 1 };
  return [...runs.filter((other) => other !== run), next].slice(-MAX_FAILURE_RUNS);
}
