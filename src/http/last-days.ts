import type { Clock } from '../domain/clock.ts';
import { type HistorySource, nodeStateOf, type StateSpan } from '../domain/history.ts';
import { isoText } from '../domain/instant.ts';
import type { Log } from '../domain/log.ts';
import type { Maintenance, Stretch } from '../domain/maintenance.ts';
import type { GenesisNode } from '../domain/node.ts';
import type { NodeView } from '../domain/view.ts';
import { availabilityInfo } from '../page/history-info.ts';
import { availabilityOf } from '../page/node-history.ts';
import type { LastDayInfo } from '../page/nodes-answer.ts';
import { inColumns, spansWithin } from '../page/strip-shapes.ts';

const DAY_MS = 24 * 3_600_000;

/** A day of more spans than this is told in columns of 5 minutes. */
const MAX_SPANS = 100;
const COLUMNS = 288;

/** History is read again after so long even when the node has not changed. */
const RELOAD_MS = 30 * 60_000;

/** After a failure it is read again no sooner. */
const RETRY_MS = 30_000;
const MAX_LOADS_AT_ONCE = 2;

/** The last 24 hours of nodes. */
export interface LastDays {
  /** What is known now, without waiting; null until the history of the node has been read for the first time. */
  readonly of: (view: NodeView) => LastDayInfo | null;
  /** Whether the history of the node has been read. */
  readonly isKnown: (view: NodeView) => boolean;
}

/** What the last days are read with. */
export interface LastDaysDeps {
  readonly history: HistorySource;
  readonly clock: Clock;
  readonly log: Log;
  readonly maintenance: () => Maintenance;
}

interface Day {
  spans: readonly StateSpan[];
  isLoaded: boolean;
  isWanted: boolean;
  loadedAtMs: number;
}

/** Reads the history of each node when it is first asked for, and now and then after; in between it goes on with what the node is. */
export function createLastDays({ history, clock, log, maintenance }: LastDaysDeps): LastDays {
  const days = new WeakMap<GenesisNode, Day>();
  const queue: GenesisNode[] = [];
  let loads = 0;

  function of(view: NodeView): LastDayInfo | null {
    const { node } = view.snapshot;
    const nowMs = clock.wallMs();
    const day = days.get(node) ?? { spans: [], isLoaded: false, isWanted: false, loadedAtMs: 0 };
    days.set(node, day);
    const reloadMs = day.isLoaded ? RELOAD_MS : RETRY_MS;
    if (!day.isWanted && nowMs - day.loadedAtMs > reloadMs) {
      day.isWanted = true;
      queue.push(node);
      void work();
    }
    return day.isLoaded
      ? lastDayInfo(goneOn(day.spans, view, nowMs), maintenance().between(node, nowMs - DAY_MS, nowMs), nowMs)
      : null;
  }

  async function work(): Promise<void> {
    if (loads >= MAX_LOADS_AT_ONCE) return;
    loads += 1;
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) await load(node);
    loads -= 1;
  }

  async function load(node: GenesisNode): Promise<void> {
    const day = days.get(node);
    if (day === undefined) return;
    const nowMs = clock.wallMs();
    try {
      const past = await history.history(node.name, nowMs - DAY_MS, nowMs);
      day.spans = past?.spans.filter(({ process }) => process === undefined) ?? [];
      day.isLoaded = true;
    } catch (err) {
      log.warn({ node: node.name, err }, 'the last 24 hours of a node could not be read');
    }
    day.loadedAtMs = nowMs;
    day.isWanted = false;
  }

  return { of, isKnown: ({ snapshot }) => days.get(snapshot.node)?.isLoaded ?? false };
}

/** Spans up to now: what the node is now has begun since they were read, or goes on. */
function goneOn(spans: readonly StateSpan[], { reason, snapshot }: NodeView, nowMs: number): readonly StateSpan[] {
  const last = spans.at(-1);
  const state = nodeStateOf(reason);
  if (state === undefined || (last?.toMs === undefined && last?.state === state)) return spans;
  const sinceMs = snapshot.standing?.reason === reason ? (snapshot.standing?.sinceMs ?? nowMs) : nowMs;
  const fromMs = Math.max(sinceMs, last?.toMs ?? last?.fromMs ?? 0);
  const before = spans.map((span) => (span.toMs === undefined ? { ...span, toMs: fromMs } : span));
  const now = { node: snapshot.node.name, process: undefined, fromMs, toMs: undefined, state, reason, message: '' };
  return [...before, { ...now, healthy: reason === undefined }];
}

function lastDayInfo(spans: readonly StateSpan[], maintenance: readonly Stretch[], nowMs: number): LastDayInfo {
  const window = { fromMs: nowMs - DAY_MS, toMs: nowMs };
  const within = spansWithin(
    spans.map(({ fromMs, toMs, state }) => ({ fromMs, toMs: toMs ?? nowMs, state })),
    window,
  );
  const told = within.length > MAX_SPANS ? inColumns(within, window, COLUMNS) : within;
  return {
    from: isoText(window.fromMs),
    to: isoText(nowMs),
    spans: told.map(({ fromMs, toMs, state }) => ({ from: isoText(fromMs), to: isoText(toMs), state })),
    availability: availabilityInfo(availabilityOf(spans, window, maintenance)),
  };
}
