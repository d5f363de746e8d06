import { isDeepStrictEqual } from 'node:util';
import type { DiscoveredTarget } from '../config/discovered-node.ts';
import { detailLine } from '../diagnosis/excerpt.ts';
import type { Clock } from '../domain/clock.ts';
import type { Hint } from '../domain/hint.ts';
import type { Log } from '../domain/log.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import { untilAborted, withDeadline } from '../http-client/deadline.ts';

/** The state of a source after one refresh. */
export interface TargetsRead {
  /** The targets of the last successful read, or `undefined` before the first one. */
  readonly targets: readonly DiscoveredTarget[] | undefined;
  /** One line each. If there is any, the refresh has failed. */
  readonly problems: readonly string[];
  /** Hints for the recognised problems. */
  readonly hints?: readonly Hint[];
}

/** Callbacks of a discovery source. */
export interface TargetsDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Receives all targets of a source whenever they change. Not called before the first successful read. */
  readonly onTargets: (source: string, targets: readonly DiscoveredTarget[]) => void;
  readonly onRefresh: (source: string, isSuccess: boolean) => void;
}

/** A discovery source that refreshes itself until `close()`. */
export interface TargetsSource {
  /** Resolves after the first refresh, successful or not, within 30 s. */
  readonly ready: Promise<void>;
  /** Ends the current refresh; no callback is called afterwards. */
  close(): void;
}

/** What a source reads, and how often, in milliseconds. */
export interface RefreshOptions {
  readonly source: string;
  readonly intervalMs: number;
  readonly read: (signal: StopSignal) => Promise<TargetsRead>;
}

/** A source that can also be refreshed on request. */
export interface RefreshingSource extends TargetsSource {
  /** Requests a refresh. It runs after a short pause in the calls, at the latest a second after the first one. */
  refreshSoon(): void;
}

const MAX_READ_MS = 30_000;
const QUIET_MS = 100;
const MAX_UNQUIET_MS = 1000;
const MAX_LOGGED_PROBLEMS = 20;

/** How long one refresh may take. */
export function readTimeoutMs(intervalMs: number): number {
  return Math.min(intervalMs, MAX_READ_MS);
}

/** Refreshes a source at once, then at each interval. Reports changes of targets, and logs failures when they change. */
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
        // While a read hangs, for example on a dead mount, no further read starts.
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
