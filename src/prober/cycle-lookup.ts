import { isIP } from 'node:net';
import type { Clock } from '../domain/clock.ts';
import type { HostLookup } from './host-lookup.ts';

/** The lookups of one node: its health probe and the connect probes of the same cycle use the same addresses. */
export interface CycleLookup {
  /** Looks a name up, unless the connect probes of the same cycle have just done so. */
  readonly forHealth: HostLookup;
  /** The result of the latest health probe's lookup; a new lookup if that one is an interval old. */
  readonly forConnects: HostLookup;
}

/** What a node's lookups are made with. */
export interface CycleLookupDeps {
  readonly lookup: HostLookup;
  readonly clock: Clock;
}

/** Probes that start within this time belong to one cycle. */
const SAME_CYCLE_MS = 500;

/** Lookups for a node that is probed in this interval. The whole program shares `lookup`. An IP address needs no lookup. */
export function createCycleLookup(intervalMs: number, { lookup, clock }: CycleLookupDeps): CycleLookup {
  const latest = new Map<string, { readonly addresses: Promise<readonly string[]>; readonly startedMs: number }>();

  function lookupUnlessYounger(maxAgeMs: number): HostLookup {
    return (name) => {
      if (isIP(name) !== 0) return Promise.resolve([name]);
      const startedMs = clock.monotonicMs();
      const known = latest.get(name);
      if (known !== undefined && startedMs - known.startedMs < maxAgeMs) return known.addresses;
      const addresses = lookup(name);
      latest.set(name, { addresses, startedMs });
      return addresses;
    };
  }

  return {
    forHealth: lookupUnlessYounger(SAME_CYCLE_MS),
    forConnects: lookupUnlessYounger(Math.max(SAME_CYCLE_MS, intervalMs - SAME_CYCLE_MS)),
  };
}
