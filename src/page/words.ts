import type { ConnectFailure, HealthFailure } from '../domain/failure-reason.ts';
import type { NodeReason } from '../domain/node-health.ts';
import type { ProcessState } from '../domain/process-state.ts';
import type { ProcessReason } from '../domain/verdict.ts';

/** The seven states, the worst first. */
export const STATES_WORST_FIRST = ['DOWN', 'ERROR', 'UNKNOWN', 'WARNING', 'STARTING', 'STANDBY', 'UP'] as const;

/** Why a process is as it is, in words for people. */
export const PROCESS_REASON_WORDS: Readonly<Record<ProcessReason, string>> = {
  pending: 'not probed yet',
  health_unavailable: 'the node’s health endpoint gives no answer',
  stale: 'nothing recent is known',
  bad_row: 'Genesis gave no STATUS for it',
  connect_failed: 'its port does not answer',
  reported: 'Genesis reports it',
  not_reported: 'expected, but Genesis does not list it',
};

/** Why a node is not healthy, in words for people. */
export const NODE_REASON_WORDS: Readonly<Record<NodeReason, string>> = {
  pending: 'not probed yet',
  health_unavailable: 'health endpoint gives no answer',
  stale: 'nothing recent is known',
  genesis_503: 'Genesis itself says unhealthy (503)',
  rejected_rows: 'Genesis lists rows without a name',
  no_processes: 'Genesis lists no process',
  process_unhealthy: 'a process is not healthy',
};

/** What went wrong with a probe, in words for people. */
export const FAILURE_WORDS: Readonly<Record<HealthFailure | ConnectFailure, string>> = {
  refused: 'refused',
  timeout: 'timed out',
  dns: 'name not found',
  reset: 'connection reset',
  unreachable: 'unreachable',
  tls: 'TLS failed',
  http_status: 'unexpected status code',
  body_too_large: 'answer too large',
  bad_json: 'answer is not JSON',
  bad_shape: 'answer has another shape',
  too_many_processes: 'too many processes',
  other: 'failed',
};

const ALL_WORDS = new Map<string, string>(
  Object.entries({ ...FAILURE_WORDS, ...PROCESS_REASON_WORDS, ...NODE_REASON_WORDS }),
);

/** A reason of any kind in words for people, and what was said with it. */
export function reasonAndMessage({
  reason,
  message,
}: {
  readonly reason: string | null;
  readonly message: string;
}): string {
  const words = reason === null || reason === 'reported' ? '' : (ALL_WORDS.get(reason) ?? reason);
  return [words, message.replace(/^;/, '')].filter((part) => part !== '').join(': ');
}

/** Reasons of a node with which the state of its processes is unknown. */
export const BLIND_NODE_REASONS: ReadonlySet<NodeReason | null> = new Set(['pending', 'health_unavailable', 'stale']);

/** The worst of some states; UP when there is none. */
export function worstState(states: Iterable<ProcessState>): ProcessState {
  const present = new Set(states);
  return STATES_WORST_FIRST.find((state) => present.has(state)) ?? 'UP';
}
