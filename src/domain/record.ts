import type { ConnectResult, HealthResult } from './evidence.ts';
import { CONNECT_FAILURES } from './failure-reason.ts';
import { recordConnectFailures, recordHealthFailure } from './failure-run.ts';
import { countProbe, zeroCounts } from './probe-counts.ts';
import { updateRoster } from './roster.ts';
import type { ConnectRecord, NodeSnapshot, NodeStanding } from './snapshot.ts';
import { recordStates, type Transition } from './transition.ts';
import { type NodeView, viewNode } from './view.ts';

/** What a finished probe, or several at once, brought for a node. */
export interface ProbeUpdate {
  readonly health?: HealthResult;
  readonly connects?: ReadonlyMap<string, ConnectResult>;
}

/** The moment of a record: monotonic milliseconds for ages, wall-clock milliseconds for timestamps. */
export interface Moment {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

/** What an update comes to. */
export interface Recorded {
  readonly snapshot: NodeSnapshot;
  /** The view of the snapshot at the moment of the update. */
  readonly view: NodeView;
  /** The changes of state that it shows. */
  readonly transitions: readonly Transition[];
}

/** The snapshot after an update. */
export function recordUpdate(before: NodeSnapshot, update: ProbeUpdate, at: Moment): Recorded {
  const evidence = {
    ...withHealth(before, update.health),
    connects: withConnects(before.connects, update.connects),
  };
  const view = viewNode(evidence, at.monotonicMs);
  const { processes } = view;
  const { histories, transitions } = recordStates(before.histories, processes, at.wallMs);
  const shown = new Set(processes.map(({ name }) => name));
  const connects = only(shown, evidence.connects);
  const results = only(shown, update.connects ?? NO_RESULTS);
  const failures = recordConnectFailures(
    recordHealthFailure(before.failures, before.health, update.health),
    before.connects,
    results,
  );
  const standing = standingAfter(before.standing, view, at.wallMs);
  // No verdict depends on what is added here.
  const snapshot = { ...evidence, connects, histories, failures, standing };
  return { snapshot, view: { ...view, snapshot }, transitions };
}

const NO_RESULTS: ReadonlyMap<string, ConnectResult> = new Map();

/** The entries with one of these names: the very map when that is all of it. */
function only<T>(names: ReadonlySet<string>, entries: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  for (const name of entries.keys()) {
    if (!names.has(name)) return new Map([...entries].filter(([one]) => names.has(one)));
  }
  return entries;
}

function standingAfter(before: NodeStanding | undefined, { reason }: NodeView, wallMs: number): NodeStanding {
  return before !== undefined && before.reason === reason ? before : { reason, sinceMs: wallMs };
}

function withHealth(before: NodeSnapshot, health: HealthResult | undefined): NodeSnapshot {
  if (health === undefined) return before;
  if (health.kind === 'failed') {
    return { ...before, health, healthCounts: countProbe(before.healthCounts, health.reason) };
  }
  return {
    ...before,
    health,
    healthCounts: countProbe(before.healthCounts, undefined),
    rejectedRows: before.rejectedRows + health.report.rejectedRows,
    lastSuccessAtMs: health.timing.finishedAtMs,
    roster: updateRoster(before.roster, health.report, health.timing.startedMs, before.node.forgetAfterMs),
  };
}

function withConnects(
  before: ReadonlyMap<string, ConnectRecord>,
  results: ReadonlyMap<string, ConnectResult> | undefined,
): ReadonlyMap<string, ConnectRecord> {
  if (results === undefined) return before;
  const next = new Map(before);
  for (const [name, result] of results) {
    const counts = next.get(name)?.counts ?? zeroCounts(CONNECT_FAILURES);
    next.set(name, { result, counts: countProbe(counts, result.outcome === 'ok' ? undefined : result.outcome) });
  }
  return next;
}
