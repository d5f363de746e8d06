import type { ConnectStanding } from '../../src/domain/evidence.ts';
import type { ProcessState } from '../../src/domain/process-state.ts';
import type { Verdict, VerdictInput } from '../../src/domain/verdict.ts';

/** One row of the contract's table: when it holds, and what it serves then. */
export interface VerdictRow {
  readonly rule: string;
  readonly holds: (cell: VerdictInput) => boolean;
  readonly serves: (cell: VerdictInput) => Verdict;
}

function always(state: ProcessState, reason: Verdict['reason']): () => Verdict {
  return () => ({ status: state, state, reason });
}

/** True for a process that is in a good answer. */
export function isReported(cell: VerdictInput): boolean {
  return cell.health === 'good' && cell.report !== undefined;
}

function isMissing(cell: VerdictInput): boolean {
  return cell.health === 'good' && cell.report === undefined;
}

function hasState(cell: VerdictInput, ...states: readonly ProcessState[]): boolean {
  return cell.report !== undefined && states.includes(cell.report.state);
}

function isHealthyWord(cell: VerdictInput): boolean {
  return cell.report !== undefined && cell.healthyStates.has(cell.report.state);
}

function isFailure(connect: ConnectStanding): boolean {
  return connect === 'refused' || connect === 'unclear';
}

/** The contract's table from top to bottom, written apart from the code that is judged by it. */
export const VERDICT_TABLE: readonly VerdictRow[] = [
  {
    rule: 'a row without a STATUS word is UNKNOWN',
    holds: (cell) => isReported(cell) && cell.report?.status === undefined,
    serves: always('UNKNOWN', 'bad_row'),
  },
  {
    rule: 'a refused port makes a process that should listen DOWN',
    holds: (cell) => isReported(cell) && cell.connect === 'refused' && !hasState(cell, 'STANDBY', 'STARTING', 'DOWN'),
    serves: always('DOWN', 'connect_failed'),
  },
  {
    rule: 'an unclear failure makes a healthy process WARNING',
    holds: (cell) =>
      isReported(cell) && cell.connect === 'unclear' && isHealthyWord(cell) && !hasState(cell, 'STANDBY'),
    serves: always('WARNING', 'connect_failed'),
  },
  {
    rule: 'any other reported process has the word as it came',
    holds: isReported,
    serves: (cell) => ({
      status: cell.report?.status ?? 'no word',
      state: cell.report?.state ?? 'UNKNOWN',
      reason: isHealthyWord(cell) ? undefined : 'reported',
    }),
  },
  {
    rule: 'an expected process that answers but is not reported is WARNING',
    holds: (cell) => isMissing(cell) && cell.connect === 'ok',
    serves: always('WARNING', 'not_reported'),
  },
  {
    rule: 'any other expected process that is not reported is DOWN',
    holds: isMissing,
    serves: always('DOWN', 'not_reported'),
  },
  {
    rule: 'without a health answer a refused port is DOWN, unless it may rightly be closed',
    holds: (cell) =>
      (cell.health === 'failed' || cell.health === 'stale') &&
      cell.connect === 'refused' &&
      !cell.primaryOnly &&
      !['STANDBY', 'STARTING'].includes(cell.lastReported ?? ''),
    serves: always('DOWN', 'connect_failed'),
  },
  {
    rule: 'otherwise a failed health probe leaves it UNKNOWN',
    holds: (cell) => cell.health === 'failed',
    serves: always('UNKNOWN', 'health_unavailable'),
  },
  {
    rule: 'otherwise a stale health probe leaves it UNKNOWN',
    holds: (cell) => cell.health === 'stale',
    serves: always('UNKNOWN', 'stale'),
  },
  {
    rule: 'before the first health probe it is UNKNOWN',
    holds: (cell) => cell.health === 'none',
    serves: always('UNKNOWN', 'pending'),
  },
  {
    rule: 'with health off a connect makes it UP',
    holds: (cell) => cell.health === 'off' && cell.connect === 'ok',
    serves: always('UP', undefined),
  },
  {
    rule: 'with health off a failed connect leaves a primary-only process UNKNOWN',
    holds: (cell) => cell.health === 'off' && cell.primaryOnly && isFailure(cell.connect),
    serves: always('UNKNOWN', 'connect_failed'),
  },
  {
    rule: 'with health off a failed connect makes any other process DOWN',
    holds: (cell) => cell.health === 'off' && isFailure(cell.connect),
    serves: always('DOWN', 'connect_failed'),
  },
  {
    rule: 'with health off and no connect it is UNKNOWN, stale if there ever was a result',
    holds: (cell) => cell.health === 'off' && cell.connect === 'none',
    serves: (cell) => ({ status: 'UNKNOWN', state: 'UNKNOWN', reason: cell.everConnected ? 'stale' : 'pending' }),
  },
];
