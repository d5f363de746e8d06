import type { NodeReason } from '../domain/node-health.ts';
import type { NodeView, ProcessView } from '../domain/view.ts';
import type { CheckResult } from './result.ts';

/** The states of a Nagios plugin, the worst first. */
export const NAGIOS_STATES = ['CRITICAL', 'UNKNOWN', 'WARNING', 'OK'] as const;

/** One state of a Nagios plugin. */
export type NagiosState = (typeof NAGIOS_STATES)[number];

/** Exit codes of `--output=nagios`. */
export const NAGIOS_EXIT_CODES = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 } as const;

/** The state of a whole check. A discovery source that cannot be read is UNKNOWN, and so is a check without any node. */
export function nagiosState({ nodes, unreadSources }: CheckResult): NagiosState {
  const isIncomplete = unreadSources.length > 0 || nodes.length === 0;
  return worst([isIncomplete ? 'UNKNOWN' : 'OK', ...nodes.map(({ view }) => nodeState(view))]);
}

/** The state of a node: the state of its worst process, unless the node itself is worse. */
export function nodeState({ reason, processes }: NodeView): NagiosState {
  return worst([reasonState(reason), ...processes.map(processState)]);
}

/** The state of a process. A process that Genesis' own 200 tolerates raises no alarm, but it is not OK either. */
export function processState({ healthy, acceptable, state }: ProcessView): NagiosState {
  if (healthy) return 'OK';
  if (acceptable) return 'WARNING';
  switch (state) {
    case 'DOWN':
    case 'ERROR':
      return 'CRITICAL';
    case 'UNKNOWN':
      return 'UNKNOWN';
    case 'WARNING':
    case 'STARTING':
    case 'STANDBY':
    case 'UP':
      return 'WARNING';
    default:
      return state satisfies never;
  }
}

function reasonState(reason: NodeReason | undefined): NagiosState {
  switch (reason) {
    case undefined:
    case 'process_unhealthy':
      return 'OK';
    case 'rejected_rows':
      return 'UNKNOWN';
    case 'pending':
    case 'health_unavailable':
    case 'stale':
    case 'genesis_503':
    case 'no_processes':
      return 'CRITICAL';
    default:
      return reason satisfies never;
  }
}

function worst(states: readonly NagiosState[]): NagiosState {
  return NAGIOS_STATES.find((state) => states.includes(state)) ?? 'OK';
}
