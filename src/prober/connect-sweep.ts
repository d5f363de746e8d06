import { isIP } from 'node:net';
import type { Clock } from '../domain/clock.ts';
import type { ConnectResult } from '../domain/evidence.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import type { ConnectTarget } from '../domain/view.ts';
import type { HostLookup } from './host-lookup.ts';
import type { Limiter } from './limiter.ts';
import { lookupMeans, type TargetOutcome } from './target-outcome.ts';
import { probeTarget } from './target-probe.ts';
import type { TolerantTls } from './tolerant-tls.ts';

/** The targets of one sweep. */
export interface ConnectSweepOptions {
  readonly targets: readonly ConnectTarget[];
  readonly timeoutMs: number;
  readonly signal: StopSignal;
}

/** What a sweep needs. The whole program shares `limiter`; `onInternalError` receives the exporter's own failures. */
export interface ConnectSweepDeps {
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly lookup: HostLookup;
  readonly tolerantTls: TolerantTls;
  readonly onInternalError: (error: unknown) => void;
}

/** Probes all targets, each in a slot of the limiter. Resolves with the results when all are known, or when the signal is aborted. */
export function sweepConnects(
  { targets, timeoutMs, signal }: ConnectSweepOptions,
  { clock, limiter, lookup, tolerantTls, onInternalError }: ConnectSweepDeps,
): Promise<ReadonlyMap<string, ConnectResult>> {
  const results = new Map<string, ConnectResult>();
  const waiting = new Set<() => void>();
  const running = new Set<() => void>();
  let unknownCount = targets.length;

  return new Promise((resolve) => {
    function finish(): void {
      signal.removeEventListener('abort', stop);
      resolve(results);
    }
    function stop(): void {
      for (const start of waiting) limiter.cancel(start);
      for (const stopProbe of running) stopProbe();
      finish();
    }
    function conclude(target: ConnectTarget, outcome: TargetOutcome, startedMs: number): void {
      if (signal.aborted) return;
      if (outcome.kind === 'own_failure') onInternalError(outcome.error);
      else results.set(target.process, toResult(target, outcome, startedMs, clock));
      unknownCount -= 1;
      if (unknownCount === 0) finish();
    }
    function enqueue(target: ConnectTarget, addresses: readonly string[]): void {
      if (signal.aborted) return;
      function start(): void {
        waiting.delete(start);
        const stopProbe = probeTarget({
          target,
          addresses,
          tls: target.tls ? tolerantTls(target.host) : undefined,
          timeoutMs,
          clock,
          onOutcome: (outcome, startedMs) => conclude(target, outcome, startedMs),
          onClosed: () => {
            running.delete(stopProbe);
            limiter.release();
          },
        });
        running.add(stopProbe);
      }
      waiting.add(start);
      limiter.acquire(start);
    }

    if (signal.aborted || unknownCount === 0) {
      resolve(results);
      return;
    }
    signal.addEventListener('abort', stop);
    const sweepStartedMs = clock.monotonicMs();
    for (const target of targets) {
      if (isIP(target.host) !== 0) {
        enqueue(target, [target.host]);
        continue;
      }
      lookup(target.host).then(
        (addresses) => enqueue(target, addresses),
        (error: unknown) => conclude(target, lookupMeans(error, { ...target, timeoutMs }), sweepStartedMs),
      );
    }
  });
}

function toResult(
  { host, port }: ConnectTarget,
  outcome: Exclude<TargetOutcome, { kind: 'own_failure' }>,
  startedMs: number,
  clock: Clock,
): ConnectResult {
  const timing = { startedMs, finishedAtMs: clock.wallMs(), durationMs: clock.monotonicMs() - startedMs };
  if (outcome.kind === 'ok')
    return { host, port, outcome: 'ok', detail: '', certNotAfterMs: outcome.certNotAfterMs, timing };
  const { reason, detail, hint } = outcome;
  return { host, port, outcome: reason, detail, hint, certNotAfterMs: undefined, timing };
}
