import { isDeepStrictEqual } from 'node:util';
import type { DiscoveredTarget } from '../config/discovered-node.ts';
import { detailLine } from '../diagnosis/excerpt.ts';
import type { Clock } from '../domain/clock.ts';
import type { Hint } from '../domain/hint.ts';
import type { Log } from '../domain/log.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import { untilAborted, withDeadline } from '../http-client/deadline.ts';

/** What a source says at one moment. */
export interface TargetsRead {
  /** All its targets, of what failed the last good ones; undefined when nothing good was ever had. */
  readonly targets: readonly DiscoveredTarget[] | undefined;
  /** A line each; with any, the refresh has failed. */
  readonly problems: readonly string[];
  /** What they look like, where that is known. */
  readonly hints?: readonly Hint[];
}

/** Whom a source tells what. */
export interface TargetsDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Takes all targets of a source whenever they have changed; never called for one that has not yet said anything good. */
  readonly onTargets: (source: string, targets: readonly DiscoveredTarget[]) => void;
  readonly onRefresh: (source: string, isSuccess: boolean) => void;
}

/** A source that is asked again and again. */
export interface TargetsSource {
  /** Resolves when it was asked for the first time, successfully or not; that takes 30 s at most. */
  readonly ready: Promise<void>;
  /** Ends what is under way; nothing is told any more. */
  close(): void;
}

/** What is asked, and how often; milliseconds. */
export interface RefreshOptions {
  readonly source: string;
  readonly intervalMs: number;
  readonly read: (signal: StopSignal) => Promise<TargetsRead>;
}

/** A source that can also be asked out of turn. */
export interface RefreshingSource extends TargetsSource {
  /** Asks when nobody has called this for a moment, at the latest a second after the first call. */
  refreshSoon(): void;
}

const MAX_READ_MS = 30_000;
const QUIET_MS = 100;
const MAX_UNQUIET_MS = 1000;
const MAX_LOGGED_PROBLEMS = 20;

/** How long one reading of a source may take. */
export function readTimeoutMs(intervalMs: number): number {
  return Math.min(intervalMs, MAX_READ_MS);
}

/** Asks a source at once, then in its interval; tells changes, and logs failures when they change. */
export function startRefreshing(options: RefreshOptions, deps: TargetsDeps): RefreshingSource {
  const { source, intervalMs, read } = options;
  const { clock, log, onTargets, onRefresh } = deps;
  const timeoutMs = readTimeoutMs(intervalMs);
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<TargetsRead> | undefined;
  let isRefreshing = false;
  let firstAskedMs: number | undefined;
  let known: readonly DiscoveredTarget[] | undefined;
  let told: readonly string[] = [];

  async function readInTime(): Promise<TargetsRead> {
    let isLate = false;
    try {
      return await withDeadline(timeoutMs, stopping.signal, (signal) => {
        signal.addEventListener('abort', () => {
          isLate = true;
        });
        // One that hangs for good, as on a dead mount, must not be joined by others.
        reading ??= read(signal).finally(() => {
          reading = undefined;
        });
        return untilAborted(reading, signal);
      });
    } catch (error) {
      if (isLate) return { targets: known, problems: [`no answer within ${timeoutMs / 1000} s`] };
      log.error({ source, err: error }, 'discovery refresh threw');
      return { targets: known, problems: ['internal error'] };
    }
  }

  function tell({ targets, problems: seen, hints = [] }: TargetsRead): void {
    const problems = seen.map(detailLine);
    const isSuccess = problems.length === 0;
    if (!isDeepStrictEqual(problems, told)) {
      if (isSuccess) log.info({ source }, 'discovery refresh succeeded again');
      else log.warn({ source, problems: problems.slice(0, MAX_LOGGED_PROBLEMS), hints }, 'discovery refresh failed');
    }
    told = problems;
    if (targets !== undefined && !isDeepStrictEqual(targets, known)) {
      known = targets;
      log.info({ source, targets: targets.length }, 'discovered targets changed');
      onTargets(source, targets);
    }
    onRefresh(source, isSuccess);
  }

  async function refresh(): Promise<void> {
    const startedMs = clock.monotonicMs();
    firstAskedMs = undefined;
    isRefreshing = true;
    const found = await readInTime();
    isRefreshing = false;
    if (stopping.signal.aborted) return;
    tell(found);
    const isAskedFor = firstAskedMs !== undefined;
    arm(isAskedFor ? QUIET_MS : Math.max(0, startedMs + intervalMs - clock.monotonicMs()));
  }

  function arm(delayMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), delayMs);
  }

  function refreshSoon(): void {
    if (stopping.signal.aborted) return;
    const nowMs = clock.monotonicMs();
    firstAskedMs ??= nowMs;
    if (!isRefreshing) arm(Math.max(0, Math.min(QUIET_MS, firstAskedMs + MAX_UNQUIET_MS - nowMs)));
  }

  function close(): void {
    stopping.abort();
    clearTimeout(timer);
  }

  return { ready: refresh(), refreshSoon, close };
}
