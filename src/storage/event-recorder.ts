import type { HealthResult } from '../domain/evidence.ts';
import { type HistoryEvent, type NodeState, nodeStateOf, type Subject, type WatchedState } from '../domain/history.ts';
import type { ConnectRecord, NodeSnapshot } from '../domain/snapshot.ts';
import type { Transition } from '../domain/transition.ts';
import type { NodeView } from '../domain/view.ts';
import type { HistoryRecord } from './records.ts';

/** What one update of a node changed. */
export interface NodeUpdate {
  readonly before: NodeView;
  readonly after: NodeView;
  readonly transitions: readonly Transition[];
}

/** Beginning of a message that is kept. */
const MAX_MESSAGE_LENGTH = 200;

/** Records the events of an update; `watchedMs` is when an earlier run last watched a node that this one sees for the first time. */
export function createEventRecorder(
  sink: (record: HistoryRecord) => void,
): (update: NodeUpdate, watchedMs: number | undefined, nowMs: number) => void {
  function recordEvents(update: NodeUpdate, watchedMs: number | undefined, nowMs: number): void {
    const { before, after, transitions } = update;
    const node = after.snapshot.node.name;
    for (const { process, from, to, reason, message, atMs, notBeforeMs } of transitions) {
      const when = moment(atMs, notBeforeMs);
      sink({ kind: 'event', event: { kind: 'state', node, process, ...when, from, to, reason, message } });
    }
    const from = before.snapshot.standing && nodeStateOf(before.snapshot.standing.reason);
    const change = nodeEvent(from, after, moment(nowMs, watchedMs));
    if (change !== undefined) sink(change);
    recordFailures(node, before.snapshot, after.snapshot, nowMs);
    for (const { name, reason, state } of before.processes) {
      if (reason !== 'not_reported' || after.processes.some((process) => process.name === name)) continue;
      sink(forgottenEvent({ node, process: name }, state, moment(nowMs, undefined), nowMs));
    }
  }

  function recordFailures(node: string, before: NodeSnapshot, after: NodeSnapshot, nowMs: number): void {
    for (const { process, reason, detail, firstAtMs, count } of after.failures) {
      if (count > 1 || before.failures.some((run) => run.process === process && run.firstAtMs === firstAtMs)) continue;
      const when = moment(firstAtMs, undefined);
      const event = { kind: 'probe_failures', node, process, ...when, from: undefined, to: undefined, reason } as const;
      sink({ kind: 'event', event: { ...event, message: beginning(detail) } });
    }
    if (succeeds(before.health, after.health))
      sink({ kind: 'event_end', subject: { node, process: undefined }, atMs: nowMs });
    if (before.connects === after.connects) return;
    for (const [process, record] of after.connects) {
      if (connects(before.connects.get(process), record))
        sink({ kind: 'event_end', subject: { node, process }, atMs: nowMs });
    }
  }

  return recordEvents;
}

/** When something happened: at a moment, or between two when nobody watched. Wall-clock milliseconds. */
export type When = Pick<HistoryEvent, 'atMs' | 'betweenMs'>;

/** The event of a node whose state is another than `from`; undefined when it is the same, or not known. */
export function nodeEvent(from: NodeState | undefined, view: NodeView, when: When): HistoryRecord | undefined {
  const to = nodeStateOf(view.reason);
  if (from === undefined || to === undefined || from === to) return undefined;
  const event = { kind: 'state', node: view.snapshot.node.name, process: undefined, ...when, from, to } as const;
  return { kind: 'event', event: { ...event, reason: view.reason, message: '' } };
}

/** The event of a process that was missing for `forget_after`. */
export function forgottenEvent(subject: Subject, from: WatchedState, when: When, nowMs: number): HistoryRecord {
  const event = { kind: 'forgotten', ...subject, ...when, from, to: undefined, reason: 'not_reported' } as const;
  return { kind: 'event', event: { ...event, message: '' }, endsAtMs: nowMs };
}

/** At `atMs`, or between `notBeforeMs` and `atMs`. */
export function moment(atMs: number, notBeforeMs: number | undefined): When {
  return notBeforeMs === undefined
    ? { atMs, betweenMs: undefined }
    : { atMs: undefined, betweenMs: { from: Math.min(notBeforeMs, atMs), to: atMs } };
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
