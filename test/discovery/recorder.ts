import type { DiscoveredTarget } from '../../src/config/discovered-node.ts';
import type { TargetsDeps } from '../../src/discovery/targets-source.ts';
import { createMemoryLog } from '../helpers/log.ts';
import { CLOCK } from '../helpers/prober-options.ts';

/** What a source has told: addresses at each change, and how each refresh went. */
export function createRecorder() {
  const log = createMemoryLog();
  const changes: { source: string; addresses: string[]; targets: readonly DiscoveredTarget[] }[] = [];
  const refreshes: boolean[] = [];
  const deps: TargetsDeps = {
    clock: CLOCK,
    log,
    onTargets: (source, targets) => {
      changes.push({ source, addresses: targets.map(({ address }) => address), targets });
    },
    onRefresh: (_, isSuccess) => {
      refreshes.push(isSuccess);
    },
  };
  return { deps, log, changes, refreshes, last: () => changes.at(-1)?.addresses };
}

/** What was logged at level warn: problems, each time they changed. */
export function problemsIn({ lines }: ReturnType<typeof createMemoryLog>): unknown[] {
  return lines.filter(({ level }) => level === 'warn').map(({ data }) => ('problems' in data ? data.problems : data));
}
