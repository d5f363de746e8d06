import type { Clock } from '../domain/clock.ts';
import { createConnectProber } from '../prober/connect-prober.ts';
import { createHealthProber } from '../prober/health-prober.ts';
import type { Limiter } from '../prober/limiter.ts';
import type { ProberFactory } from '../scrape/node-loop.ts';

/** What all probers share. */
export interface ProbersDeps {
  readonly clock: Clock;
  readonly limiter: Limiter;
  /** The exporter's own version, for the User-Agent. */
  readonly version: string;
  /** Hears of failures that are the exporter's own. */
  readonly onInternalError: (error: unknown) => void;
}

/** Makes the probers of any node, the same for the loop and for probes on demand. */
export function createProbers({ clock, limiter, version, onInternalError }: ProbersDeps): ProberFactory {
  return {
    health: ({ health, node }) => createHealthProber(health, node, { clock, version, onInternalError }),
    connect: ({ connectTimeoutMs }) =>
      createConnectProber({ timeoutMs: connectTimeoutMs }, { clock, limiter, onInternalError }),
  };
}
