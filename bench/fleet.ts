import { type Candidate, startOwn } from './candidate.ts';
import type { FleetOptions, FleetRecord } from './candidates/fleet.ts';

/** A running fleet of nodes. */
export interface Fleet extends Candidate {
  readonly healthUrls: readonly string[];
  /** How it was probed since it was last asked. */
  record(): Promise<FleetRecord>;
}

/** Starts a fleet of nodes of eight processes in a process of its own. */
export async function startFleet(options: Partial<FleetOptions> & { readonly nodes: number }): Promise<Fleet> {
  const all: FleetOptions = { hanging: 0, changeMs: 0, intervalMs: 0, ...options };
  const candidate = await startOwn('fleet', [JSON.stringify(all)]);
  const healthUrls: readonly string[] = JSON.parse(candidate.said);
  // What its own program sends is its own type.
  return { ...candidate, healthUrls, record: async () => (await candidate.ask()) as FleetRecord };
}
