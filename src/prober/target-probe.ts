import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Clock } from '../domain/clock.ts';
import type { ConnectTarget } from '../domain/view.ts';
import { attemptConnect } from './connect-attempt.ts';
import { attemptMeans, mergeOutcomes, type TargetOutcome } from './target-outcome.ts';

/** How one target is probed, and the callbacks. */
export interface TargetProbeOptions {
  readonly target: ConnectTarget;
  /** IP addresses, tried one after another. */
  readonly addresses: readonly string[];
  /** How to make a TLS handshake; undefined for TCP alone. */
  readonly tls: ConnectionOptions | undefined;
  /** Time limit for all addresses together. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Called at most once, and not after `stop`. */
  readonly onOutcome: (outcome: TargetOutcome, startedMs: number) => void;
  /** Called once, last, when no socket is left. */
  readonly onClosed: () => void;
}

/** Tries the addresses of a target until one accepts. The target is refused only if all addresses refuse. Returns a function that stops the probe. */
export function probeTarget(options: TargetProbeOptions): () => void {
  const { target, tls, timeoutMs, clock, onOutcome, onClosed } = options;
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
      tls,
      timeoutMs: Math.max(1, leftMs / (others.length + 1)),
      onOutcome: (found) => {
        outcome = mergeOutcomes(before, attemptMeans(found, { ...target, address, timeoutMs }));
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
