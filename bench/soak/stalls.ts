import { readFileSync } from 'node:fs';

/** When the exporter, or this program with the stand-ins in it, could not go on for want of a processor. */
export interface Stalls {
  readonly count: number;
  readonly longestMs: number;
  /** Whether there was one at some moment from `fromMs` to `toMs`. */
  during(fromMs: number, toMs: number): boolean;
  stop(): void;
}

const TICK_MS = 100;

/** So much waiting in one tick, on either side of a probe, and little of its timeout is left. */
const STALL_MS = 100;
const KEEP_MS = 60_000;

/** Watches from now on; `exporterPid` is asked for at every tick. */
export function watchStalls(exporterPid: () => number): Stalls {
  const waitedMs = new Map<number, number>();
  let stalls: readonly { readonly fromMs: number; readonly toMs: number }[] = [];
  let count = 0;
  let longestMs = 0;
  let lastMs = performance.now();

  /** How long a process has waited for a processor since it was last looked at; 0 at the first time. */
  function waited(pid: number): number {
    const beforeMs = waitedMs.get(pid);
    const nowMs = readWaitedMs(pid);
    waitedMs.set(pid, nowMs);
    return nowMs - (beforeMs ?? nowMs);
  }

  function look(): void {
    const nowMs = performance.now();
    const late = nowMs - lastMs - TICK_MS;
    const stalledMs = Math.max(late, waited(process.pid), waited(exporterPid()));
    if (stalledMs >= STALL_MS) {
      const kept = stalls.filter(({ toMs }) => toMs >= nowMs - KEEP_MS);
      // A wait is told of when it is over, which may be after the tick in which it began.
      stalls = [...kept, { fromMs: lastMs - stalledMs, toMs: nowMs }];
      count += 1;
      longestMs = Math.max(longestMs, stalledMs);
    }
    lastMs = nowMs;
  }

  const timer = setInterval(look, TICK_MS);
  return {
    get count() {
      return count;
    },
    get longestMs() {
      return longestMs;
    },
    during(startMs, endMs) {
      // An answer may be read before the timer that is due.
      if (performance.now() - lastMs >= TICK_MS) look();
      return stalls.some(({ fromMs, toMs }) => fromMs <= endMs && toMs >= startMs);
    },
    stop: () => clearInterval(timer),
  };
}

/** How long a process has waited for a processor in all, in milliseconds; 0 where the system does not tell. */
function readWaitedMs(pid: number): number {
  try {
    const [, waitedNs] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
    return Number(waitedNs) / 1e6;
  } catch {
    return 0;
  }
}
