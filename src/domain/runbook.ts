import type { Hint } from './hint.ts';
import type { NodeReason } from './node-health.ts';
import type { ProcessView } from './view.ts';

/** Where the project's own runbooks are, the folder with a slash at its end. */
export const PROJECT_RUNBOOKS = 'https://github.com/genesis-exporter/genesis-exporter/blob/main/docs/runbooks/';

const PROJECT_TROUBLESHOOTING =
  'https://github.com/genesis-exporter/genesis-exporter/blob/main/docs/troubleshooting.md';

/** Runbooks about one node or one process, each a file of `docs/runbooks`. */
export type Runbook =
  | 'GenesisNodeRejectedRows'
  | 'GenesisNodeUnhealthy'
  | 'GenesisNodeUnreachable'
  | 'GenesisProbesStale'
  | 'GenesisProcessDown'
  | 'GenesisProcessMissing'
  | 'GenesisProcessNotListening'
  | 'GenesisProcessUnhealthy'
  | 'GenesisProcessVanished';

/** The runbook of a process that is not healthy; undefined for one that is. */
export function processRunbook({ healthy, reason, state, declared }: ProcessView): Runbook | undefined {
  if (healthy) return undefined;
  switch (reason) {
    case 'pending':
    case 'stale':
      return 'GenesisProbesStale';
    case 'health_unavailable':
      return 'GenesisNodeUnreachable';
    case 'connect_failed':
      return 'GenesisProcessNotListening';
    case 'not_reported':
      return declared?.expected === true ? 'GenesisProcessMissing' : 'GenesisProcessVanished';
    case 'bad_row':
    case 'reported':
    case undefined:
      return state === 'DOWN' || state === 'ERROR' ? 'GenesisProcessDown' : 'GenesisProcessUnhealthy';
    /* v8 ignore next 2 -- @preserve the type leaves no other value */
    default:
      return reason satisfies never;
  }
}

/** The runbook of a node for its reason; undefined for a healthy one, and where its processes have their own. */
export function nodeRunbook(reason: NodeReason | undefined): Runbook | undefined {
  switch (reason) {
    case undefined:
    case 'process_unhealthy':
      return undefined;
    case 'pending':
    case 'stale':
      return 'GenesisProbesStale';
    case 'health_unavailable':
      return 'GenesisNodeUnreachable';
    case 'rejected_rows':
      return 'GenesisNodeRejectedRows';
    case 'genesis_503':
    case 'no_processes':
      return 'GenesisNodeUnhealthy';
    /* v8 ignore next 2 -- @preserve the type leaves no other value */
    default:
      return reason satisfies never;
  }
}

/** The address of a runbook below `base`, which ends where the name of its file begins; undefined without a runbook. */
export function runbookUrl(base: string, runbook: Runbook | undefined): string | undefined {
  return runbook && `${base}${runbook}.md`;
}

/** The address of a hint's row in the page on troubleshooting: the project's own, or one beside a site's own runbooks. */
export function helpUrl(runbooks: string, hint: Hint | undefined): string | undefined {
  const page = runbooks === PROJECT_RUNBOOKS ? PROJECT_TROUBLESHOOTING : `${runbooks}troubleshooting.md`;
  return hint && `${page}#${hint}`;
}
