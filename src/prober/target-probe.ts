import type { Socket } from 'node:net';
import type { Clock } from '../domain/clock.ts';
import type { ConnectFailure } from '../domain/failure-reason.ts';
import type { ConnectTarget } from '../domain/view.ts';
import { type AttemptOutcome, attemptConnect } from './connect-attempt.ts';
import { describeError, failureReason, isOwnFailure } from './failure-reason.ts';

/** What a target was found to be, or why we could not even try. */
export type TargetOutcome =
  | { readonly kind: 'ok'; readonly certNotAfterMs: number | undefined }
  | { readonly kind: 'failed'; readonly reason: ConnectFailure; readonly detail: string }
  | { readonly kind: 'own_failure'; readonly error: unknown };

/** How one target is probed, and whom to tell. */
export interface TargetProbeOptions {
  readonly target: ConnectTarget;
  /** IP addresses to be tried one after another. */
  readonly addresses: readonly string[];
  /** For all addresses together. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Called at most once, and not after `stop`. */
  readonly onOutcome: (outcome: TargetOutcome, startedMs: number) => void;
  /** Called once, last, when no socket is left. */
  readonly onClosed: () => void;
}

/** Probes a target until one of its addresses accepts: it is refused only if every one refused. Returns what stops it. */
export function probeTarget(options: TargetProbeOptions): () => void {
  const { target, timeoutMs, clock, onOutcome, onClosed } = options;
  const tlsHost = target.tls ? target.host : undefined;
  const startedMs = clock.monotonicMs();
  let isOver = false;
  let socket: Socket | undefined;

  function attempt([address, ...others]: readonly string[], before: TargetOutcome | undefined): void {
    if (address === undefined) {
      onClosed();
      return;
    }
    let outcome = before;
    const leftMs = startedMs + timeoutMs - clock.monotonicMs();
    socket = attemptConnect({
      address,
      port: target.port,
      tlsHost,
      timeoutMs: Math.max(1, leftMs / (others.length + 1)),
      onOutcome: (found) => {
        outcome = merge(before, judge(found, timeoutMs));
        if (isOver || (outcome.kind !== 'ok' && others.length > 0)) return;
        isOver = true;
        onOutcome(outcome, startedMs);
      },
      onClosed: () => (isOver ? onClosed() : attempt(others, outcome)),
    });
  }

  attempt(options.addresses, undefined);
  return () => {
    isOver = true;
    socket?.destroy();
  };
}

function judge(found: AttemptOutcome, timeoutMs: number): TargetOutcome {
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
function merge(before: TargetOutcome | undefined, now: TargetOutcome): TargetOutcome {
  if (before === undefined || now.kind === 'ok') return now;
  if (before.kind === 'own_failure') return before;
  const isBareRefusal = now.kind === 'failed' && now.reason === 'refused';
  return isBareRefusal ? before : now;
}
