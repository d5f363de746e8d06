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
import { reduceToColumns, spansWithin } from '../page/strip-shapes.ts';

const DAY_MS = 24 * 3_600_000;

/** A day with more spans than this is shown as columns of 5 minutes. */
const MAX_SPANS = 100;
const COLUMNS = 288;

/** Interval between reads of the history of an unchanged node. */
const RELOAD_MS = 30 * 60_000;

/** Delay before the next read after a failed one. */
const RETRY_MS = 30_000;
const MAX_LOADS_AT_ONCE = 2;

/** The states of nodes over the last 24 hours. */
export interface LastDays {
  /** The last 24 hours without waiting; null until the history of the node has been read once. */
  readonly of: (view: NodeView) => LastDayInfo | null;
  /** Whether the history of the node has been read. */
  readonly isKnown: (view: NodeView) => boolean;
}

/** What `createLastDays` needs. */
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

/** Reads the history of a node on first use and again at intervals. Between reads it extends the spans with the node's current state. */
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

/** Extends spans up to now with the current state of the node. */
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
  const told = within.length > MAX_SPANS ? reduceToColumns(within, window, COLUMNS) : within;
  return {
    from: isoText(window.fromMs),
    to: isoText(nowMs),
    spans: told.map(({ fromMs, toMs, state }) => ({ from: isoText(fromMs), to: isoText(toMs), state })),
    availability: availabilityInfo(availabilityOf(spans, window, maintenance)),
  };
}
