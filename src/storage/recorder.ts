import { nodeStateOf, type StateSpan, type Subject } from '../domain/history.ts';
import type { Moment } from '../domain/record.ts';
import type { Roster } from '../domain/roster.ts';
import type { NodeSnapshot } from '../domain/snapshot.ts';
import type { NodeView } from '../domain/view.ts';
import { beginning, createEventRecorder, type NodeUpdate } from './event-recorder.ts';
import { createLmdbSampler } from './lmdb-sampler.ts';
import type { HistoryRecord } from './records.ts';
import type { ForgottenProcess } from './restore.ts';

/** Turns what happens in the loop into records of history. */
export interface Recorder {
  recorded(update: NodeUpdate, at: Moment): void;
  /** Records what has changed without a probe, such as evidence that grew too old. */
  look(views: readonly NodeView[], at: Moment): void;
  /** Ends the spans of nodes that are not among these, and gives the last snapshots of these nodes. */
  keepNodes(names: ReadonlySet<string>, atMs: number): readonly NodeSnapshot[];
}

/** What an earlier run knew of a node. */
export interface RestoredNode {
  /** Wall-clock milliseconds when the node was last watched. */
  readonly watchedMs: number;
  /** Processes whose row went while no exporter watched, unless the first good answer lists them. */
  readonly forgotten: readonly ForgottenProcess[];
}

/** Where records go, and what was kept before. */
export interface RecorderDeps {
  readonly sink: (record: HistoryRecord) => void;
  /** Undefined for a node that was not restored. */
  readonly restored: (node: string) => RestoredNode | undefined;
  /** The id of the latest event that was kept; 0 when there is none. */
  readonly lastEventId: number;
}

type Open = Pick<StateSpan, 'state' | 'healthy' | 'reason'>;

interface WatchedNode {
  /** The open spans by process; `undefined` is the node itself. */
  readonly open: Map<string | undefined, Open>;
  view: NodeView;
  /** Wall-clock milliseconds when a probe last finished. */
  seenMs: number;
  /** What waits for the first good answer, which may still list these processes. */
  restored: RestoredNode | undefined;
}

/** A recorder that has seen nothing yet. */
export function createRecorder({ sink, restored, lastEventId }: RecorderDeps): Recorder {
  const nodes = new Map<string, WatchedNode>();
  const sampleLmdb = createLmdbSampler(sink);
  const events = createEventRecorder(sink, lastEventId);
  let lookedMs = Number.NEGATIVE_INFINITY;

  function recorded(update: NodeUpdate, at: Moment): void {
    const { before, after } = update;
    const node = after.snapshot.node.name;
    const nowMs = at.wallMs;
    // A connect probe may finish before the first health probe: until then nothing is known, and what is stored stays.
    if (nodeStateOf(after.reason) === undefined) {
      events.update(update, nowMs);
      return;
    }
    const known = nodes.get(node);
    const isFirst = known === undefined;
    if (isFirst) begin(before, after, nowMs);
    else {
      endGap(known, nowMs);
      events.nodeChange(nodeStateOf(known.view.reason), after, undefined, nowMs);
    }
    events.update(update, nowMs);
    tellForgotten(after, nowMs);
    recordSpans(after, nowMs);
    sampleLmdb(after, nowMs);
    const [old, now] = [before.snapshot, after.snapshot];
    if (isFirst || hasNewMemory(old, now)) sink({ kind: 'memory', node, memory: [now, at] });
    sink({ kind: 'counters', node, counters: now });
  }

  /** Begins to watch a node, and tells what is known of the time before. */
  function begin({ snapshot }: NodeView, after: NodeView, nowMs: number): void {
    const node = snapshot.node.name;
    const past = restored(node);
    nodes.set(node, { open: new Map(), view: after, seenMs: nowMs, restored: past });
    if (past !== undefined && past.watchedMs < nowMs) events.notWatched(node, past.watchedMs, nowMs);
    events.nodeChange(snapshot.standing && nodeStateOf(snapshot.standing.reason), after, past?.watchedMs, nowMs);
  }

  /** Records which processes are forgotten, once a good answer shows that they have not come back. */
  function tellForgotten(after: NodeView, nowMs: number): void {
    const { name } = after.snapshot.node;
    const watched = nodes.get(name);
    if (watched?.restored === undefined || after.snapshot.health?.kind !== 'good') return;
    const { watchedMs, forgotten } = watched.restored;
    watched.restored = undefined;
    const shown = new Set(after.processes.map((process) => process.name));
    for (const process of forgotten) if (!shown.has(process.name)) events.forgotten(name, process, watchedMs, nowMs);
  }

  /** When nothing has been seen for so long that nobody can have watched, the spans end where the last one could still speak. */
  function endGap(watched: WatchedNode, nowMs: number): void {
    const { name, intervalMs, staleAfterMs } = watched.view.snapshot.node;
    const seenMs = Math.max(watched.seenMs, lookedMs);
    watched.seenMs = nowMs;
    if (nowMs - seenMs <= Math.max(staleAfterMs, 3 * intervalMs)) return;
    endAll(watched, seenMs + intervalMs);
    events.notWatched(name, seenMs + intervalMs, nowMs);
  }

  function recordSpans(view: NodeView, nowMs: number): void {
    const node = view.snapshot.node.name;
    const state = nodeStateOf(view.reason);
    const watched = nodes.get(node);
    if (state === undefined || watched === undefined) return;
    watched.view = view;
    const own = { state, healthy: view.reason === undefined, reason: view.reason };
    change(watched, { node, process: undefined }, own, '', nowMs);
    for (const { name, state: its, healthy, reason, message } of view.processes) {
      change(watched, { node, process: name }, { state: its, healthy, reason }, message, nowMs);
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

  function endAll(watched: WatchedNode, atMs: number): void {
    const node = watched.view.snapshot.node.name;
    for (const process of watched.open.keys()) end(watched, { node, process }, atMs);
  }

  function look(views: readonly NodeView[], { wallMs }: Moment): void {
    for (const view of views) {
      const watched = nodes.get(view.snapshot.node.name);
      if (watched === undefined) continue;
      endGap(watched, wallMs);
      if (watched.view === view && watched.open.size > 0) continue;
      events.nodeChange(nodeStateOf(watched.view.reason), view, undefined, wallMs);
      recordSpans(view, wallMs);
    }
    lookedMs = wallMs;
  }

  function keepNodes(names: ReadonlySet<string>, atMs: number): readonly NodeSnapshot[] {
    const gone = [...nodes].filter(([node]) => !names.has(node));
    for (const [node, watched] of gone) {
      endAll(watched, atMs);
      nodes.delete(node);
    }
    return gone.map(([, { view }]) => view.snapshot);
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
    if (old === undefined || old.port !== port || old.inLastAnswer !== inLastAnswer) return true;
    if (old.report.state !== report.state) return true;
  }
  return false;
}
