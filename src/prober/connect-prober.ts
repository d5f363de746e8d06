import type { ConnectResult } from '../domain/evidence.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import type { ConnectTarget } from '../domain/view.ts';
import { type ConnectSweepDeps, sweepConnects } from './connect-sweep.ts';
import { lookupWithin } from './host-lookup.ts';
import { createTolerantTls } from './tolerant-tls.ts';

/** Probes the ports of a node's processes. */
export interface ConnectProber {
  /**
   * One sweep: results by process name. A target has no result when the exporter itself failed to try it, or when `signal`
   * was aborted before it finished. Never rejects.
   */
  probe(targets: readonly ConnectTarget[], signal: StopSignal): Promise<ReadonlyMap<string, ConnectResult>>;
}

/** How connects are made. */
export interface ConnectProberOptions {
  /** Limit for the lookup of a target's name, and again for its connects. Waiting for a slot does not count. */
  readonly timeoutMs: number;
}

/** A connect prober for one node; connections that close slowly may outlive a sweep by half a second. */
export function createConnectProber(
  { timeoutMs }: ConnectProberOptions,
  deps: Omit<ConnectSweepDeps, 'tolerantTls'>,
): ConnectProber {
  const sweepDeps = { ...deps, lookup: lookupWithin(deps.lookup, timeoutMs), tolerantTls: createTolerantTls() };
  return { probe: (targets, signal) => sweepConnects({ targets, timeoutMs, signal }, sweepDeps) };
}
