import {
  CONNECT_FAILURES,
  type ConnectFailure,
  HEALTH_FAILURES,
  type HealthFailure,
} from '../domain/failure-reason.ts';
import { MAX_FAILURE_RUNS } from '../domain/failure-run.ts';
import type { GenesisNode } from '../domain/node.ts';
import type { ProcessState } from '../domain/process-state.ts';
import type { Moment } from '../domain/record.ts';
import type { Roster } from '../domain/roster.ts';
import { type ConnectRecord, emptySnapshot, type NodeSnapshot, type ProbeCounts } from '../domain/snapshot.ts';
import type { Histories, ProcessHistory } from '../domain/transition.ts';
import {
  type KeptCounts,
  type KeptProcess,
  type NodeCounters,
  type NodeMemory,
  type OnDamage,
  readCounters,
  readMemory,
} from './kept-node.ts';
import type { KeptNode } from './records.ts';

/** A process whose row went while nobody watched, with its last known state. */
export interface ForgottenProcess {
  readonly name: string;
  readonly state: ProcessState;
}

/** The part of a snapshot that changes only when something happens, as JSON; `at` is the moment of the snapshot. */
export function memoryOf({ roster, histories, failures, standing }: NodeSnapshot, at: Moment): string {
  const kept = [...roster].map(([name, { report, port, seenMs, inLastAnswer }]): KeptProcess => {
    const seen = inLastAnswer ? {} : { seenMs: at.wallMs - (at.monotonicMs - seenMs) };
    return { name, state: report.state, port, ...seen };
  });
  return JSON.stringify({ roster: kept, histories: [...histories], failures, standing } satisfies NodeMemory);
}

/** The part of a snapshot that changes with every probe, as JSON. */
export function countersOf({ healthCounts, rejectedRows, lastSuccessAtMs, connects }: NodeSnapshot): string {
  // A process may have any name, even `__proto__`, which an assignment would lose.
  const kept = Object.fromEntries([...connects].map(([name, { counts }]) => [name, keepCounts(counts)] as const));
  const health = keepCounts(healthCounts);
  return JSON.stringify({ health, rejectedRows, answeredMs: lastSuccessAtMs, connects: kept } satisfies NodeCounters);
}

function keepCounts({ finished, failures }: ProbeCounts<string>): KeptCounts {
  const counted: Record<string, number> = {};
  for (const [reason, count] of failures) if (count > 0) counted[reason] = count;
  return [finished, counted];
}

/**
 * The snapshot with which a node begins, out of what an earlier run kept: memory, never evidence. There is no health or connect
 * result in it, so every verdict is `pending` until the first probe. Damaged parts are left out and reported. Throws when nothing can be read.
 */
export function restoreSnapshot(node: GenesisNode, kept: KeptNode, at: Moment, onDamage: OnDamage): NodeSnapshot {
  const memory = readMemory(kept.memory, onDamage);
  const counters = readCounters(kept.counters, onDamage);
  const roster = restoreRoster(node, memory.roster, counters.answeredMs ?? kept.watchedMs, at);
  const isKnown = (name: string): boolean => roster.has(name) || node.declared.has(name);
  const histories = memory.histories
    .filter(([name]) => isKnown(name))
    .map(([name, history]) => {
      return [name, { ...history, restoredMs: kept.watchedMs }] as const;
    });
  const connects = Object.entries(counters.connects).filter(([name]) => isKnown(name));
  return {
    ...emptySnapshot(node),
    healthCounts: restoreCounts<HealthFailure>(HEALTH_FAILURES, counters.health),
    rejectedRows: counters.rejectedRows,
    roster,
    connects: new Map(
      connects.map(([name, counts]): [string, ConnectRecord] => {
        return [name, { result: undefined, counts: restoreCounts<ConnectFailure>(CONNECT_FAILURES, counts) }];
      }),
    ),
    histories: new Map(histories) satisfies Histories,
    failures: memory.failures,
    standing: memory.standing,
  };
}

/** The processes that an earlier run had a row of, and that were reported so long ago that their row is gone. */
export function forgottenMeanwhile(
  node: GenesisNode,
  kept: KeptNode,
  restored: NodeSnapshot,
): readonly ForgottenProcess[] {
  // The restored snapshot has reported the damage.
  const { roster, histories } = readMemory(kept.memory, () => {});
  const states = new Map(histories);
  return roster
    .filter(({ name }) => !restored.roster.has(name) && !node.declared.has(name))
    .map(({ name, state }) => ({ name, state: states.get(name)?.state ?? state }));
}

/**
 * The snapshot of a node whose memory arrives while the exporter already probes it. Processes that this run has not seen are
 * added, so that they are missing from now on. A state that still holds gets its earlier `since` back. Counters stay those of
 * this run: a counter that jumps would look like a burst of changes. Damage and errors as in `restoreSnapshot`.
 */
export function recallSnapshot(current: NodeSnapshot, kept: KeptNode, at: Moment, onDamage: OnDamage): NodeSnapshot {
  const earlier = restoreSnapshot(current.node, kept, at, onDamage);
  const histories = new Map(earlier.histories);
  for (const [name, history] of current.histories) histories.set(name, resumed(earlier.histories.get(name), history));
  const { standing } = current;
  return {
    ...current,
    roster: new Map([...current.roster, ...[...earlier.roster].filter(([name]) => !current.roster.has(name))]),
    histories,
    failures: [...earlier.failures, ...current.failures].slice(-MAX_FAILURE_RUNS),
    standing: standing?.reason === earlier.standing?.reason ? (earlier.standing ?? standing) : standing,
  };
}

function resumed(earlier: ProcessHistory | undefined, current: ProcessHistory): ProcessHistory {
  const isSame = current.changes === 0 && earlier?.state === current.state;
  return isSame ? { ...current, sinceMs: Math.min(earlier.sinceMs, current.sinceMs) } : current;
}

/** `forget_after` counts through the time in which no exporter ran; a clock that went backwards makes no report older. */
function restoreRoster(node: GenesisNode, kept: readonly KeptProcess[], answeredMs: number, at: Moment): Roster {
  const roster = new Map<string, Roster extends ReadonlyMap<string, infer Entry> ? Entry : never>();
  for (const { name, state, port, seenMs = answeredMs } of kept) {
    const ageMs = Math.max(0, at.wallMs - seenMs);
    if (ageMs >= node.forgetAfterMs) continue;
    const report = { name, status: state, state, message: '', port, lmdb: [] };
    roster.set(name, { report, port, seenMs: at.monotonicMs - ageMs, inLastAnswer: false });
  }
  return roster;
}

function restoreCounts<Reason extends string>(
  reasons: readonly Reason[],
  [finished, failures]: KeptCounts,
): ProbeCounts<Reason> {
  return { finished, failures: new Map(reasons.map((reason) => [reason, failures[reason] ?? 0])) };
}
