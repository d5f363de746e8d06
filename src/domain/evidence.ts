import type { ConnectFailure, HealthFailure } from './failure-reason.ts';
import type { Hint } from './hint.ts';
import type { HealthReport } from './process-report.ts';

/** When a probe was sent and how long it took. Its age counts from `startedMs`: the answer may be as old as that. */
export interface ProbeTiming {
  /** Monotonic milliseconds. */
  readonly startedMs: number;
  /** Wall-clock milliseconds since the epoch when the probe had finished. */
  readonly finishedAtMs: number;
  readonly durationMs: number;
}

/** The result of a health probe, success or failure. */
export type HealthResult =
  | {
      readonly kind: 'good';
      readonly statusCode: 200 | 503;
      readonly report: HealthReport;
      /** The IP address that answered; undefined through a proxy. */
      readonly remoteAddress?: string | undefined;
      /** Whether the address belongs to the exporter's own machine; undefined when it is not known. */
      readonly isLocal?: boolean | undefined;
      readonly timing: ProbeTiming;
    }
  | {
      readonly kind: 'failed';
      readonly reason: HealthFailure;
      /** A text for the operator, without secrets. Never a label. */
      readonly detail: string;
      /** The recognised cause; undefined when none is recognised. */
      readonly hint?: Hint | undefined;
      readonly statusCode: number | undefined;
      /** The last IP address tried; undefined before the lookup and through a proxy. */
      readonly remoteAddress?: string | undefined;
      /** Whether the address belongs to the exporter's own machine; undefined when it is not known. */
      readonly isLocal?: boolean | undefined;
      readonly timing: ProbeTiming;
    };

/** The result of a connect probe. */
export interface ConnectResult {
  readonly host: string;
  readonly port: number;
  readonly outcome: 'ok' | ConnectFailure;
  /** A text for the operator; empty after a success. */
  readonly detail: string;
  /** The recognised cause of a failure; undefined when none is recognised. */
  readonly hint?: Hint | undefined;
  /** When the certificate expires, in milliseconds since the epoch; undefined without TLS. */
  readonly certNotAfterMs: number | undefined;
  readonly timing: ProbeTiming;
}

/** Whether the latest health result counts as evidence at one moment. */
export type HealthStanding = 'good' | 'failed' | 'stale' | 'none' | 'off';

/** Whether the latest connect result counts as evidence at one moment. */
export type ConnectStanding = 'ok' | 'refused' | 'unclear' | 'none';

/** A connect result counts for this many of its intervals. */
export const CONNECT_INTERVALS_VALID = 3;

/** The standing of the latest health result; one exactly `staleAfterMs` old still counts. */
export function healthStanding(
  result: HealthResult | undefined,
  enabled: boolean,
  staleAfterMs: number,
  nowMs: number,
): HealthStanding {
  if (!enabled) return 'off';
  if (result === undefined) return 'none';
  return nowMs > result.timing.startedMs + staleAfterMs ? 'stale' : result.kind;
}

/** The standing of the latest connect result for a process that is at `place` now. A result for another place is no evidence. */
export function connectStanding(
  result: ConnectResult | undefined,
  place: { readonly host: string; readonly port: number | undefined },
  intervalMs: number,
  nowMs: number,
): ConnectStanding {
  if (result === undefined || result.host !== place.host || result.port !== place.port) return 'none';
  if (nowMs > result.timing.startedMs + CONNECT_INTERVALS_VALID * intervalMs) return 'none';
  if (result.outcome === 'ok' || result.outcome === 'refused') return result.outcome;
  return 'unclear';
}
