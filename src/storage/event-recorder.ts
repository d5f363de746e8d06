import type { HealthResult } from '../domain/evidence.ts';
import type { FailureRun } from '../domain/failure-run.ts';
import { type HistoryEvent, type NodeState, nodeStateOf, type Subject } from '../domain/history.ts';
import type { ConnectRecord, NodeSnapshot } from '../domain/snapshot.ts';
import type { Transition } from '../domain/transition.ts';
import { isShown, type NodeView } from '../domain/view.ts';
import type { HistoryRecord } from './records.ts';
import type { ForgottenProcess } from './restore.ts';

/** What one update of a node changed. */
export interface NodeUpdate {
  readonly before: NodeView;
  readonly after: NodeView;
  readonly transitions: readonly Transition[];
}

/** Turns what happens to nodes into records of events. Times are wall-clock milliseconds. */
export interface EventRecorder {
  /** Records changes of processes, runs of failed probes, and the processes whose row is gone. */
  update(update: NodeUpdate, nowMs: number): void;
  /** Records the change of a node from a known state; `notBeforeMs` is when an earlier run last watched it. */
  nodeChange(from: NodeState | undefined, view: NodeView, notBeforeMs: number | undefined, nowMs: number): void;
  /** Records that nobody watched a node between two moments. */
  notWatched(node: string, fromMs: number, nowMs: number): void;
  /** Records that a process lost its row; `notBeforeMs` as above. */
  forgotten(node: string, process: ForgottenProcess, notBeforeMs: number | undefined, nowMs: number): void;
}

/** Beginning of a message that is kept. */
const MAX_MESSAGE_LENGTH = 200;

/** Room for a clock that is centuries ahead: numbers are exact up to 2 ** 53. */
const MAX_TIME_ID = 2 ** 52;

/**
 * Records events with ids that grow: microseconds of the wall clock, or one more than the id before. So they grow across runs too,
 * also when the database with the events of earlier runs opens late.
 */
export function createEventRecorder(sink: (record: HistoryRecord) => void, lastEventId: number): EventRecorder {
  let lastId = lastEventId;

  function tell(event: Omit<HistoryEvent, 'id' | 'durationMs'>, nowMs: number, endsAtMs?: number): void {
    lastId = Math.max(lastId + 1, Math.min(Math.floor(nowMs * 1000), MAX_TIME_ID));
    const record = { kind: 'event', event: { ...event, id: lastId } } as const;
    sink(endsAtMs === undefined ? record : { ...record, endsAtMs });
  }

  function update({ before, after, transitions }: NodeUpdate, nowMs: number): void {
    const node = after.snapshot.node.name;
    for (const { process, from, to, reason, message, atMs, notBeforeMs } of transitions) {
      tell({ kind: 'state', node, process, ...moment(atMs, notBeforeMs), from, to, reason, message }, nowMs);
    }
    recordFailures(node, before.snapshot, after.snapshot, nowMs);
    for (const { name, state } of before.processes) {
      if (isShown(after.snapshot, name)) continue;
      forgotten(node, { name, state: before.snapshot.histories.get(name)?.state ?? state }, undefined, nowMs);
    }
  }

  function recordFailures(node: string, before: NodeSnapshot, after: NodeSnapshot, nowMs: number): void {
    for (const { process, reason, detail, firstAtMs } of newRuns(before.failures, after.failures)) {
      const event = { kind: 'probe_failures', node, process, ...moment(firstAtMs, undefined), reason } as const;
      tell({ ...event, from: undefined, to: undefined, message: beginning(detail) }, nowMs);
    }
    if (succeeds(before.health, after.health)) endFailures({ node, process: undefined }, after.failures, nowMs);
    if (before.connects === after.connects) return;
    for (const [process, record] of after.connects) {
      if (connects(before.connects.get(process), record)) endFailures({ node, process }, after.failures, nowMs);
    }
  }

  /** A run lasts from its first to its last failed probe. */
  function endFailures(subject: Subject, runs: readonly FailureRun[], nowMs: number): void {
    const run = runs.findLast(({ process }) => process === subject.process);
    sink({ kind: 'event_end', subject, atMs: run?.lastAtMs ?? nowMs });
  }

  function nodeChange(
    from: NodeState | undefined,
    view: NodeView,
    notBeforeMs: number | undefined,
    nowMs: number,
  ): void {
    const { snapshot, reason } = view;
    const to = nodeStateOf(reason);
    if (from === undefined || to === undefined || from === to) return;
    const event = { kind: 'state', node: snapshot.node.name, process: undefined, from, to, reason } as const;
    tell({ ...event, ...moment(nowMs, notBeforeMs), message: '' }, nowMs);
  }

  function notWatched(node: string, fromMs: number, nowMs: number): void {
    const event = { kind: 'not_watched', node, process: undefined, ...moment(fromMs, undefined) } as const;
    tell({ ...event, from: undefined, to: 'NOT_WATCHED', reason: undefined, message: '' }, nowMs, nowMs);
  }

  function forgotten(
    node: string,
    { name, state }: ForgottenProcess,
    notBeforeMs: number | undefined,
    nowMs: number,
  ): void {
    const event = { kind: 'forgotten', node, process: name, ...moment(nowMs, notBeforeMs), from: state } as const;
    tell({ ...event, to: undefined, reason: 'not_reported', message: '' }, nowMs, nowMs);
  }

  return { update, nodeChange, notWatched, forgotten };
}

/** At `atMs`, or between `notBeforeMs` and `atMs`. */
function moment(atMs: number, notBeforeMs: number | undefined): Pick<HistoryEvent, 'atMs' | 'betweenMs'> {
  return notBeforeMs === undefined
    ? { atMs, betweenMs: undefined }
    : { atMs: undefined, betweenMs: { from: Math.min(notBeforeMs, atMs), to: atMs } };
}

function newRuns(before: readonly FailureRun[], after: readonly FailureRun[]): readonly FailureRun[] {
  if (before === after) return [];
  return after.filter(({ process, firstAtMs, count }) => {
    return count === 1 && !before.some((run) => run.process === process && run.firstAtMs === firstAtMs);
  });
}

function succeeds(before: HealthResult | undefined, after: HealthResult | undefined): boolean {
  return after !== before && after?.kind === 'good' && before?.kind !== 'good';
}

function connects(before: ConnectRecord | undefined, { result }: ConnectRecord): boolean {
  return result !== before?.result && result?.outcome === 'ok' && before?.result?.outcome !== 'ok';
}

/** A copy, since a slice would keep the whole message in memory. */
export function beginning(message: string): string {
  return message.length <= MAX_MESSAGE_LENGTH ? message : [...message.slice(0, MAX_MESSAGE_LENGTH)].join('');
}
