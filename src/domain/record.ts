import type { ConnectResult, HealthResult } from './evidence.ts';
import { CONNECT_FAILURES } from './failure-reason.ts';
import { recordConnectFailures, recordHealthFailure } from './failure-run.ts';
import { updateRoster } from './roster.ts';
import { type ConnectRecord, countProbe, type NodeSnapshot, type NodeStanding, zeroCounts } from './snapshot.ts';
import { recordStates, type Transition } from './transition.ts';
import { isShown, type NodeView, viewNode } from './view.ts';

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
  const evidence = withConnects(withHealth(before, update.health), update.connects);
  const view = viewNode(evidence, at.monotonicMs);
  const { histories, transitions } = recordStates(before.histories, view.processes, at.wallMs);
  const connects = onlyShown(evidence, evidence.connects);
  const results = onlyShown(evidence, update.connects ?? NO_RESULTS);
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

/** The entries of processes that the node's view shows: the very map when that is all of it. */
function onlyShown<T>(snapshot: NodeSnapshot, entries: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  for (const name of entries.keys()) {
    if (!isShown(snapshot, name)) return new Map([...entries].filter(([one]) => isShown(snapshot, one)));
  }
  return entries;
}

function standingAfter(before: NodeStanding | undefined, { reason }: NodeView, wallMs: number): NodeStanding {
  // Before the first probe of this run a restored standing goes on: `pending` says nothing about the node.
  if (before !== undefined && (before.reason === reason || reason === 'pending')) return before;
  return { reason, sinceMs: wallMs };
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

function withConnects(before: NodeSnapshot, results: ReadonlyMap<string, ConnectResult> | undefined): NodeSnapshot {
  if (results === undefined) return before;
  const connects = new Map<string, ConnectRecord>(before.connects);
  for (const [name, result] of results) {
    const counts = connects.get(name)?.counts ?? zeroCounts(CONNECT_FAILURES);
    connects.set(name, { result, counts: countProbe(counts, result.outcome === 'ok' ? undefined : result.outcome) });
  }
  return { ...before, connects };
}
