import { nodeStateOf, type StateSpan, type Subject } from '../domain/history.ts';
import type { Moment } from '../domain/record.ts';
import type { Roster } from '../domain/roster.ts';
import type { NodeSnapshot } from '../domain/snapshot.ts';
import type { NodeView } from '../domain/view.ts';
import { beginning, createEventRecorder, moment, type NodeUpdate, nodeEvent } from './event-recorder.ts';
import { createLmdbSampler } from './lmdb-sampler.ts';
import type { HistoryRecord } from './records.ts';

/** Turns what happens in the loop into records of history. */
export interface Recorder {
  recorded(update: NodeUpdate, at: Moment): void;
  /** Records what has changed without a probe, such as evidence that grew too old. */
  look(views: readonly NodeView[], at: Moment): void;
  /** Ends the spans of nodes that are not among these. */
  keepNodes(names: ReadonlySet<string>, atMs: number): void;
}

/** Where records go, and what an earlier run watched. */
export interface RecorderDeps {
  readonly sink: (record: HistoryRecord) => void;
  /** Wall-clock milliseconds when an earlier run of the exporter last watched a restored node; undefined for other nodes. */
  readonly restoredMs: (node: string) => number | undefined;
}

type Open = Pick<StateSpan, 'state' | 'healthy' | 'reason'>;

interface WatchedNode {
  /** The open spans by process; `undefined` is the node itself. */
  readonly open: Map<string | undefined, Open>;
  view: NodeView;
}

/** A recorder that has seen nothing yet. */
export function createRecorder({ sink, restoredMs }: RecorderDeps): Recorder {
  const nodes = new Map<string, WatchedNode>();
  const sampleLmdb = createLmdbSampler(sink);
  const recordEvents = createEventRecorder(sink);

  function recorded({ before, after, transitions }: NodeUpdate, at: Moment): void {
    const node = after.snapshot.node.name;
    // A connect probe may finish before the first health probe: until then nothing is known, and what is stored stays.
    const isKnown = nodeStateOf(after.reason) !== undefined;
    const isFirst = isKnown && !nodes.has(node);
    if (isFirst) recordGap(node, at.wallMs);
    recordEvents({ before, after, transitions }, isFirst ? restoredMs(node) : undefined, at.wallMs);
    recordSpans(after, at.wallMs);
    sampleLmdb(after, at.wallMs);
    if (!isKnown) return;
    const [old, now] = [before.snapshot, after.snapshot];
    if (isFirst || hasNewMemory(old, now)) sink({ kind: 'memory', node, memory: [now, at] });
    sink({ kind: 'counters', node, counters: now });
  }

  function recordGap(node: string, nowMs: number): void {
    const watchedMs = restoredMs(node);
    if (watchedMs === undefined || watchedMs >= nowMs) return;
    const subject = { node, process: undefined };
    const event = { ...subject, kind: 'not_watched', atMs: watchedMs, betweenMs: undefined, message: '' } as const;
    sink({
      kind: 'event',
      event: { ...event, from: undefined, to: 'NOT_WATCHED', reason: undefined },
      endsAtMs: nowMs,
    });
  }

  function recordSpans(view: NodeView, nowMs: number): void {
    const node = view.snapshot.node.name;
    const state = nodeStateOf(view.reason);
    if (state === undefined) return;
    const watched = nodes.get(node) ?? { open: new Map<string | undefined, Open>(), view };
    watched.view = view;
    nodes.set(node, watched);
    change(
      watched,
      { node, process: undefined },
      { state, healthy: view.reason === undefined, reason: view.reason },
      '',
      nowMs,
    );
    for (const { name, state: own, healthy, reason, message } of view.processes) {
      change(watched, { node, process: name }, { state: own, healthy, reason }, message, nowMs);
    }
    if (watched.open.size <= view.processes.length + 1) return;
    const shown = new Set<string | undefined>(view.processes.map(({ name }) => name));
    for (const process of watched.open.keys()) {
      if (process !== undefined && !shown.has(process)) end(watched, { node, process }, nowMs);
    }
  }

  function change({ open }: WatchedNode, subject: Subject, now: Open, message: string, nowMs: number): void {
    const before = open.get(subject.process);
    if (before?.state === now.state && before.reason === now.reason && before.healthy === now.healthy) return;
    open.set(subject.process, now);
    sink({ kind: 'span', span: { ...subject, ...now, fromMs: nowMs, message: beginning(message) } });
  }

  function end({ open }: WatchedNode, subject: Subject, atMs: number): void {
    open.delete(subject.process);
    sink({ kind: 'span_end', subject, atMs });
  }

  function look(views: readonly NodeView[], at: Moment): void {
    for (const view of views) {
      const watched = nodes.get(view.snapshot.node.name);
      if (watched === undefined || watched.view === view) continue;
      const change = nodeEvent(nodeStateOf(watched.view.reason), view, moment(at.wallMs, undefined));
      if (change !== undefined) sink(change);
      recordSpans(view, at.wallMs);
    }
  }

  function keepNodes(names: ReadonlySet<string>, atMs: number): void {
    for (const [node, watched] of nodes) {
      if (names.has(node)) continue;
      for (const process of watched.open.keys()) sink({ kind: 'span_end', subject: { node, process }, atMs });
      nodes.delete(node);
    }
  }

  return { recorded, look, keepNodes };
}

function hasNewMemory(before: NodeSnapshot, after: NodeSnapshot): boolean {
  if (before.histories !== after.histories || before.standing !== after.standing) return true;
  return before.failures !== after.failures || hasNewRoster(before.roster, after.roster);
}

function hasNewRoster(before: Roster, after: Roster): boolean {
  if (before === after) return false;
  if (before.size !== after.size) return true;
  for (const [name, { port, inLastAnswer, report }] of after) {
    const old = before.get(name);
    if (
      old === undefined ||
      old.port !== port ||
      old.inLastAnswer !== inLastAnswer ||
      old.report.state !== report.state
    )
      return true;
  }
  return false;
}
