import {
  type HistoryEvent,
  type LmdbSample,
  nodeStateOf,
  type SpanState,
  type StateSpan,
  type WatchedState,
} from '../domain/history.ts';
import { BLIND_REASONS } from '../domain/verdict.ts';
import type { NodeView, ProcessView } from '../domain/view.ts';
import { createDurations } from './durations.ts';

/** Of the spans of a node or a process at most so many are kept, the latest. */
const MAX_SPANS = 1000;

/** Of an LMDB store at most so many samples are kept, the latest. */
const MAX_SAMPLES = 1000;
const MIN_SAMPLE_INTERVAL_MS = 1000;
const MAX_MESSAGE_LENGTH = 200;

/** An event whose duration is not known until it ends. */
export type OpenEvent = { -readonly [Key in keyof HistoryEvent]: HistoryEvent[Key] };

/** Keeps an event and gives it its id. */
export type Emit = (event: Omit<HistoryEvent, 'id'>) => OpenEvent;

/** What is kept of one node. Times are wall-clock milliseconds. */
export interface NodeRecord {
  /** Takes what a probe has brought: the node before and after it. */
  observe(before: NodeView, after: NodeView, wallMs: number): void;
  spans(fromMs: number, toMs: number): readonly StateSpan[];
  /** The samples between two moments, and of each store the last one before. */
  lmdb(fromMs: number, toMs: number): readonly LmdbSample[];
  readonly durations: ReturnType<typeof createDurations>;
}

interface Standing {
  readonly state: WatchedState;
  readonly healthy: boolean;
  readonly reason: StateSpan['reason'];
  readonly message: string;
}

interface Subject {
  open: StateSpan | undefined;
  readonly closed: StateSpan[];
  /** The last state that somebody could see. */
  known: WatchedState | undefined;
  change: OpenEvent | undefined;
}

/** Keeps nothing yet. */
export function createNodeRecord(node: string, emit: Emit): NodeRecord {
  const subjects = new Map<string | undefined, Subject>();
  const stores = new Map<string, LmdbSample[]>();
  const durations = createDurations();
  const failures = createFailureRuns(node, emit);
  let seenMs: number | undefined;

  function observe(before: NodeView, after: NodeView, wallMs: number): void {
    endGap(after, wallMs);
    seenMs = wallMs;
    const state = nodeStateOf(after.reason);
    const { reason } = after;
    record(undefined, state && { state, healthy: reason === undefined, reason, message: '' }, wallMs);
    const names = new Set<string | undefined>([undefined]);
    for (const process of after.processes) {
      names.add(process.name);
      record(process.name, process.reason === 'pending' ? undefined : process, wallMs);
      sample(process, wallMs);
    }
    for (const [name, subject] of subjects) if (!names.has(name)) forget(name, subject, wallMs);
    const { health } = after.snapshot;
    if (health !== undefined && health !== before.snapshot.health) durations.add(wallMs, health.timing.durationMs);
    failures.observe(after);
  }

  /** When no probe has finished for so long that nobody can have watched, the spans end where the last one could still speak. */
  function endGap({ snapshot }: NodeView, wallMs: number): void {
    const { intervalMs, staleAfterMs } = snapshot.node;
    if (seenMs === undefined || wallMs - seenMs <= Math.max(staleAfterMs, 3 * intervalMs)) return;
    const endMs = seenMs + intervalMs;
    for (const subject of subjects.values()) close(subject, endMs);
    const nothing = { process: undefined, from: undefined, to: undefined, reason: undefined, message: '' };
    emit({ node, kind: 'not_watched', atMs: endMs, betweenMs: undefined, durationMs: wallMs - endMs, ...nothing });
  }

  function record(process: string | undefined, standing: Standing | undefined, wallMs: number): void {
    const subject = subjects.get(process) ?? { open: undefined, closed: [], known: undefined, change: undefined };
    subjects.set(process, subject);
    const { open } = subject;
    if (standing === undefined) {
      close(subject, wallMs);
      return;
    }
    const { state, healthy, reason } = standing;
    if (open?.state === state && open.reason === reason && open.healthy === healthy) return;
    close(subject, wallMs);
    const message = beginning(standing.message);
    subject.open = { node, process, fromMs: wallMs, toMs: undefined, state, healthy, reason, message };
    if (process === undefined || !isBlind(reason)) noteChange(subject, subject.open, wallMs);
  }

  function noteChange(subject: Subject, { process, state, reason, message }: StateSpan, wallMs: number): void {
    const { known, change } = subject;
    if (known === state) return;
    subject.known = state;
    if (change?.atMs !== undefined) change.durationMs = wallMs - change.atMs;
    if (known === undefined) return;
    const places = { node, process, kind: 'state', atMs: wallMs, betweenMs: undefined } as const;
    subject.change = emit({ ...places, from: known, to: state, reason, message, durationMs: undefined });
  }

  function forget(name: string | undefined, subject: Subject, wallMs: number): void {
    const { open } = subject;
    if (open === undefined) return;
    close(subject, wallMs);
    subject.known = undefined;
    if (open.reason !== 'not_reported') return;
    const from: SpanState = open.state;
    const rest = { betweenMs: undefined, to: undefined, reason: open.reason, message: '', durationMs: undefined };
    emit({ node, process: name, kind: 'forgotten', atMs: wallMs, from, ...rest });
  }

  function sample({ name, lmdb }: ProcessView, atMs: number): void {
    for (const [store, { usedRatio, totalBytes }] of lmdb.entries()) {
      const key = JSON.stringify([name, store]);
      const samples = stores.get(key) ?? [];
      stores.set(key, samples);
      const last = samples.at(-1);
      if (last?.usedRatio === usedRatio && last?.totalBytes === totalBytes) continue;
      if (last !== undefined && atMs - last.atMs < MIN_SAMPLE_INTERVAL_MS) continue;
      samples.push({ process: name, store, atMs, usedRatio, totalBytes });
      if (samples.length > MAX_SAMPLES) samples.shift();
    }
  }

  function spans(fromMs: number, toMs: number): readonly StateSpan[] {
    const all = [...subjects.values()].flatMap(({ open, closed }) => (open === undefined ? closed : [...closed, open]));
    return all.filter((span) => span.fromMs < toMs && (span.toMs ?? toMs) > fromMs).sort((a, b) => a.fromMs - b.fromMs);
  }

  function lmdb(fromMs: number, toMs: number): readonly LmdbSample[] {
    return [...stores.values()].flatMap((samples) => {
      const first = samples.findLastIndex(({ atMs }) => atMs <= fromMs);
      return samples.slice(Math.max(0, first)).filter(({ atMs }) => atMs <= toMs);
    });
  }

  return { observe, spans, lmdb, durations };
}

function isBlind(reason: StateSpan['reason']): boolean {
  return [...BLIND_REASONS].some((blind) => blind === reason);
}

function close(subject: Subject, toMs: number): void {
  const { open, closed } = subject;
  if (open === undefined) return;
  subject.open = undefined;
  if (toMs <= open.fromMs) return;
  closed.push({ ...open, toMs });
  if (closed.length > MAX_SPANS) closed.shift();
}

/** A copy: a mere slice would keep the whole message in memory. */
function beginning(message: string): string {
  return [...message.slice(0, MAX_MESSAGE_LENGTH)].join('');
}

/** Makes an event of each run of failed probes, and ends it when the run has ended. */
function createFailureRuns(node: string, emit: Emit) {
  const open = new Map<string | undefined, { readonly firstAtMs: number; readonly event: OpenEvent }>();

  function observe({ snapshot }: NodeView): void {
    for (const run of snapshot.failures) {
      const { process, reason, detail, firstAtMs, lastAtMs } = run;
      const isLatest = snapshot.failures.findLast((other) => other.process === process) === run;
      if (!isLatest) continue;
      const outcome = process === undefined ? healthOutcome(snapshot) : snapshot.connects.get(process)?.result?.outcome;
      const known = open.get(process);
      const isOpen = outcome === reason;
      if (known?.firstAtMs === firstAtMs) {
        known.event.durationMs = isOpen ? undefined : lastAtMs - firstAtMs;
        known.event.message = detail;
        continue;
      }
      const places = { node, process, kind: 'probe_failures', atMs: firstAtMs, betweenMs: undefined } as const;
      const said = { from: undefined, to: undefined, reason, message: detail };
      const event = emit({ ...places, ...said, durationMs: isOpen ? undefined : lastAtMs - firstAtMs });
      open.set(process, { firstAtMs, event });
    }
  }

  return { observe };
}

function healthOutcome({ health }: NodeView['snapshot']): string | undefined {
  return health?.kind === 'failed' ? health.reason : undefined;
}
