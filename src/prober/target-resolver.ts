import { diagnoseLookup, diagnoseOwnFailure } from '../diagnosis/lookup.ts';
import type { Hint } from '../domain/hint.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import { untilAborted } from '../http-client/deadline.ts';
import { describeError, isOwnFailure } from '../http-client/failure-reason.ts';
import type { HostLookup } from './host-lookup.ts';

/** The result of resolving a target's name. */
export type TargetResolution =
  /** At least one address; all are admitted. */
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | {
      readonly kind: 'failed';
      readonly reason: 'dns' | 'timeout' | 'other';
      readonly detail: string;
      readonly hint: Hint;
    }
  | { readonly kind: 'refused'; readonly addresses: readonly string[] };

/**
 * Resolves a host name once; the caller connects to these addresses only. The target is refused when any of its addresses
 * is not admitted. Never rejects; `signal` ends the waiting.
 */
export async function resolveTarget(
  host: string,
  lookup: HostLookup,
  isAdmitted: (address: string) => boolean,
  signal: StopSignal,
): Promise<TargetResolution> {
  try {
    const addresses = await untilAborted(lookup(host), signal);
    return { kind: addresses.every(isAdmitted) ? 'addresses' : 'refused', addresses };
  } catch (error) {
    const isOwn = isOwnFailure(error);
    const { text, hint } = isOwn
      ? diagnoseOwnFailure(describeError(error))
      : diagnoseLookup(host, signal.aborted ? 'it took too long' : describeError(error));
    return { kind: 'failed', reason: signal.aborted ? 'timeout' : isOwn ? 'other' : 'dns', detail: text, hint };
  }
}
