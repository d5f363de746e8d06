import type { Clock } from '../domain/clock.ts';

const MAX_TIMER_MS = 2 ** 31 - 1;

/** What a ticker runs, and when. Milliseconds. */
export interface TickerOptions {
  readonly intervalMs: number;
  /** Where in the interval the ticks lie, 0 to `intervalMs`. */
  readonly offsetMs: number;
  /** A longer run counts as late. */
  readonly expectedRunMs: number;
  /** One run; must not throw. */
  readonly run: () => Promise<void>;
  /** Receives the number of ticks that were skipped because a run took too long. */
  readonly onMissed: (ticks: number) => void;
}

/** Repeats work in a stable phase. */
export interface Ticker {
  /** Runs at once, then at every tick. */
  start(): void;
  /** Stops; resolves when the current run has ended. */
  stop(): Promise<void>;
  /** How far the ticker is behind at `nowMs`, monotonic milliseconds; 0 when it is on time. */
  lateMs(nowMs: number): number;
}

/** A ticker whose timer is armed again only after a run has ended: runs never overlap, ticks in between are skipped. */
export function createTicker(options: TickerOptions, { clock }: { readonly clock: Clock }): Ticker {
  const { intervalMs, offsetMs, expectedRunMs, run, onMissed } = options;
  let timer: NodeJS.Timeout | undefined;
  let dueMs = 0;
  let running: Promise<void> | undefined;
  let isStopped = false;

  function tickAfter(nowMs: number): number {
    return (Math.floor((nowMs - offsetMs) / intervalMs) + 1) * intervalMs + offsetMs;
  }

  async function runOnce(plannedMs: number | undefined): Promise<void> {
    dueMs = clock.monotonicMs() + expectedRunMs;
    await run();
    running = undefined;
    if (isStopped) return;
    const nowMs = clock.monotonicMs();
    // A timer may fire a little early: the tick that was just served must not be served again.
    dueMs = Math.max(tickAfter(nowMs), plannedMs === undefined ? 0 : plannedMs + intervalMs);
    if (plannedMs !== undefined) {
      const missed = Math.round((dueMs - plannedMs) / intervalMs) - 1;
      if (missed > 0) onMissed(missed);
    }
    timer = setTimeout(begin, Math.min(dueMs - nowMs, MAX_TIMER_MS), dueMs);
  }

  /** Runs for the tick planned at `plannedMs`; without an argument for the start, which is not a tick. */
  function begin(plannedMs?: number): void {
    running = runOnce(plannedMs);
  }

  async function stop(): Promise<void> {
    isStopped = true;
    clearTimeout(timer);
    await running;
  }

  function lateMs(nowMs: number): number {
    return Math.max(0, nowMs - dueMs);
  }

  return { start: () => begin(), stop, lateMs };
}

/** Where in an interval a name's ticks lie: the same at every start, spread evenly over names (FNV-1a). */
export function phaseOffset(name: string, intervalMs: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return Math.floor((hash / 2 ** 32) * intervalMs);
}
