import type { Clock } from '../domain/clock.ts';
import { createConnectProber } from '../prober/connect-prober.ts';
import { createCycleLookup } from '../prober/cycle-lookup.ts';
import { createHealthProber } from '../prober/health-prober.ts';
import type { HostLookup } from '../prober/host-lookup.ts';
import type { Limiter } from '../prober/limiter.ts';
import type { ProberFactory } from '../scrape/node-loop.ts';

/** What all probers share. */
export interface ProbersDeps {
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly lookup: HostLookup;
  /** The exporter's own version, for the User-Agent. */
  readonly version: string;
  /** Hears of failures that are the exporter's own. */
  readonly onInternalError: (error: unknown) => void;
}

/** Makes the probers of any node, the same for the loop and for probes on demand. */
export function createProbers({ clock, limiter, lookup, version, onInternalError }: ProbersDeps): ProberFactory {
  return {
    lookup: ({ node }) => createCycleLookup(node.healthEnabled ? node.intervalMs : 0, { lookup, clock }),
    health: ({ health, node }, { forHealth }) =>
      createHealthProber(health, node, { clock, lookup: forHealth, version, onInternalError }),
    connect: ({ connectTimeoutMs }, { forConnects }) =>
      createConnectProber({ timeoutMs: connectTimeoutMs }, { clock, limiter, lookup: forConnects, onInternalError }),
  };
}
