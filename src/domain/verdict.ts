import type { ConnectStanding, HealthStanding } from './evidence.ts';
import type { ProcessReport } from './process-report.ts';
import type { ProcessState } from './process-state.ts';

/** Why a process has the STATUS it has, in the order of the metric's documentation. */
export const PROCESS_REASONS = [
  'pending',
  'health_unavailable',
  'stale',
  'bad_row',
  'connect_failed',
  'reported',
  'not_reported',
] as const;

/** One reason of a process. */
export type ProcessReason = (typeof PROCESS_REASONS)[number];

/** The reasons that are our own blindness: nothing is known of the process' state. */
export const BLIND_REASONS: ReadonlySet<ProcessReason | undefined> = new Set([
  'pending',
  'health_unavailable',
  'stale',
]);

/** All that a verdict on one process may look at. */
export interface VerdictInput {
  readonly health: HealthStanding;
  readonly connect: ConnectStanding;
  /** The process' row in the last good answer; undefined when it was not in it. */
  readonly report: ProcessReport | undefined;
  /** What the process was last reported as, in whichever good answer. */
  readonly lastReported: ProcessState | undefined;
  readonly primaryOnly: boolean;
  /** Whether a connect probe of the process ever finished. */
  readonly everConnected: boolean;
  readonly healthyStates: ReadonlySet<ProcessState>;
}

/** The STATUS we serve, the state it stands for, and why; no reason when there is nothing to explain. */
export interface Verdict {
  readonly status: string;
  readonly state: ProcessState;
  readonly reason: ProcessReason | undefined;
}

const QUIET_STATES: ReadonlySet<ProcessState> = new Set(['STANDBY', 'STARTING', 'DOWN']);

/** The verdict on one process: the contract's table from top to bottom, first match wins. */
export function judgeProcess(input: VerdictInput): Verdict {
  switch (input.health) {
    case 'good':
      return input.report === undefined ? judgeMissing(input.connect) : judgeReported(input, input.report);
    case 'failed':
      return isProvenDead(input) ? ours('DOWN', 'connect_failed') : ours('UNKNOWN', 'health_unavailable');
    case 'stale':
      return isProvenDead(input) ? ours('DOWN', 'connect_failed') : ours('UNKNOWN', 'stale');
    case 'none':
      return ours('UNKNOWN', 'pending');
    case 'off':
      return judgeByConnect(input);
    /* v8 ignore next 2 -- @preserve the type leaves no other value */
    default:
      return input.health satisfies never;
  }
}

function judgeReported(input: VerdictInput, report: ProcessReport): Verdict {
  const { status, state } = report;
  if (status === undefined) return ours('UNKNOWN', 'bad_row');
  const isHealthy = input.healthyStates.has(state);
  if (input.connect === 'refused' && !QUIET_STATES.has(state)) return ours('DOWN', 'connect_failed');
  if (input.connect === 'unclear' && isHealthy && state !== 'STANDBY') return ours('WARNING', 'connect_failed');
  return { status, state, reason: isHealthy ? undefined : 'reported' };
}

function judgeMissing(connect: ConnectStanding): Verdict {
  return ours(connect === 'ok' ? 'WARNING' : 'DOWN', 'not_reported');
}

/** Without a health answer a refused port proves a dead process, unless it may rightly be without one. */
function isProvenDead({ connect, primaryOnly, lastReported }: VerdictInput): boolean {
  return connect === 'refused' && !primaryOnly && lastReported !== 'STANDBY' && lastReported !== 'STARTING';
}

function judgeByConnect({ connect, primaryOnly, everConnected }: VerdictInput): Verdict {
  if (connect === 'ok') return ours('UP', undefined);
  if (connect === 'none') return ours('UNKNOWN', everConnected ? 'stale' : 'pending');
  return ours(primaryOnly ? 'UNKNOWN' : 'DOWN', 'connect_failed');
}

function ours(state: ProcessState, reason: ProcessReason | undefined): Verdict {
  return { status: state, state, reason };
}
