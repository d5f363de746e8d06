import { type ConnectDiagnosis, diagnoseConnect } from '../diagnosis/connect.ts';
import type { ConnectFailure } from '../domain/failure-reason.ts';
import { formatHostPort } from '../domain/target-address.ts';
import { describeError, failureReason, isOwnFailure } from '../http-client/failure-reason.ts';
import type { AttemptOutcome } from './connect-attempt.ts';

/** The outcome of probing a target, or the exporter's own failure to try it. */
export type TargetOutcome =
  | { readonly kind: 'ok'; readonly certNotAfterMs: number | undefined }
  | ({ readonly kind: 'failed'; readonly reason: ConnectFailure } & ConnectDiagnosis)
  | { readonly kind: 'own_failure'; readonly error: unknown };

/** A target, and one of its addresses. */
export interface TriedTarget {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  /** Time limit for all addresses together. */
  readonly timeoutMs: number;
}

/** Judges a target by an attempt at one of its addresses. */
export function attemptMeans(found: AttemptOutcome, { host, port, address, timeoutMs }: TriedTarget): TargetOutcome {
  if (found.kind === 'ok') return found;
  if (found.kind === 'error' && isOwnFailure(found.error)) return { kind: 'own_failure', error: found.error };
  const reason = found.kind === 'timeout' ? 'timeout' : failureReason(found.error);
  const problem = found.kind === 'timeout' ? '' : describeError(found.error);
  const places = { target: formatHostPort(host, port), address: formatHostPort(address, port) };
  return { kind: 'failed', reason, ...diagnoseConnect({ reason, phase: found.phase, ...places, problem, timeoutMs }) };
}

/** Judges a target by a failed lookup. */
export function lookupMeans(error: unknown, { host, port, timeoutMs }: Omit<TriedTarget, 'address'>): TargetOutcome {
  if (isOwnFailure(error)) return { kind: 'own_failure', error };
  const target = formatHostPort(host, port);
  const seen = { reason: 'dns', phase: 'lookup', target, address: undefined, timeoutMs } as const;
  return { kind: 'failed', reason: 'dns', ...diagnoseConnect({ ...seen, problem: describeError(error) }) };
}

/** Combines the outcomes of two addresses. One that accepts decides. If the exporter failed to try one, a refusal of the other proves nothing. */
export function mergeOutcomes(before: TargetOutcome | undefined, now: TargetOutcome): TargetOutcome {
  if (before === undefined || now.kind === 'ok') return now;
  if (before.kind === 'own_failure') return before;
  const isBareRefusal = now.kind === 'failed' && now.reason === 'refused';
  return isBareRefusal ? before : now;
}
