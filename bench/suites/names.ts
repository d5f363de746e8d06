import type { Finding } from '../finding.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { describe, watchFleet } from './fleet.ts';

async function run(context: SuiteContext): Promise<readonly Finding[]> {
  const kind = { hanging: 0, isUnscrapedFirst: false } as const;
  const byAddress = await watchFleet({ ...kind, isNamed: false }, context);
  const byName = await watchFleet({ ...kind, isNamed: true }, context);
  return [...describe('1,000 nodes by address', byAddress), ...describe('1,000 nodes by name', byName)];
}

/** What lookups cost a large fleet. */
export const NAMES: Suite = {
  name: 'names',
  method:
    '1,000 nodes of 8 processes every 15 s, with a compressed scrape in each interval: configured by address, then by host name. Each lookup waits for a real one of localhost by the system.',
  run,
};
