import type { ConnectFailure } from '../domain/failure-reason.ts';
import { describeError, failureReason, isOwnFailure } from '../http-client/failure-reason.ts';
import type { AttemptOutcome } from './connect-attempt.ts';

/** What a target was found to be, or why we could not even try. */
export type TargetOutcome =
  | { readonly kind: 'ok'; readonly certNotAfterMs: number | undefined }
  | { readonly kind: 'failed'; readonly reason: ConnectFailure; readonly detail: string }
  | { readonly kind: 'own_failure'; readonly error: unknown };

/** What an attempt at one of its addresses says of a target that has `timeoutMs` for all. */
export function attemptMeans(found: AttemptOutcome, timeoutMs: number): TargetOutcome {
  switch (found.kind) {
    case 'ok':
      return found;
    case 'timeout':
      return { kind: 'failed', reason: 'timeout', detail: `no connection within ${timeoutMs / 1000} s` };
    case 'error':
      if (isOwnFailure(found.error)) return { kind: 'own_failure', error: found.error };
      return { kind: 'failed', reason: failureReason(found.error), detail: describeError(found.error) };
    default:
      return found satisfies never;
  }
}

/** What two addresses say together: one that accepts decides; one that we could not try leaves the other's refusal no proof. */
export function mergeOutcomes(before: TargetOutcome | undefined, now: TargetOutcome): TargetOutcome {
  if (before === undefined || now.kind === 'ok') return now;
  if (before.kind === 'own_failure') return before;
  const isBareRefusal = now.kind === 'failed' && now.reason === 'refused';
  return isBareRefusal ? before : now;
}
