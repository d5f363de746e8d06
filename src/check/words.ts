import { failedConnect, type NodeView, type ProcessView } from '../domain/view.ts';
import type { CheckedNode } from './result.ts';
import { printable } from './terminal.ts';

/** Where the exporter's own part of a message begins. */
const OURS = ';exporter: ';

/** `1 process`, `8 processes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `1 process`, `8 processes`. */
export function countProcesses(number: number): string {
  return count(number, 'process', 'processes');
}

/** Why a node is not healthy, in words; empty for a healthy node. */
export function nodeWhy({ reason, snapshot, problem, processes }: NodeView): string {
  const { health } = snapshot;
  const rejectedRows = health?.kind === 'good' ? health.report.rejectedRows : 0;
  switch (reason) {
    case undefined:
      return '';
    case 'pending':
      return 'not probed';
    case 'health_unavailable':
      return printable(problem?.detail ?? 'health endpoint not probed');
    case 'stale':
      return 'the answer is too old';
    case 'genesis_503':
      return 'Genesis answered 503';
    case 'rejected_rows':
      return printable(
        `rows without a usable name: ${rejectedRows}${problem === undefined ? '' : ` (${problem.detail})`}`,
      );
    case 'no_processes':
      return 'there are no processes';
    case 'process_unhealthy': {
      const unhealthy = processes.filter(({ acceptable }) => !acceptable).length;
      return `${unhealthy} of ${countProcesses(processes.length)} not healthy`;
    }
    default:
      return reason satisfies never;
  }
}

/** A suffix that says that the Genesis home could not be read; empty otherwise. */
export function homeNote({ isHomeRead }: CheckedNode): string {
  return isHomeRead === false ? ', what should run is not known: the Genesis home could not be read' : '';
}

/** STATUS as `/health/status` serves it, with the state in brackets if that is a different word. */
export function statusWords({ status, state }: ProcessView): string {
  const word = printable(status.trim());
  return word.toUpperCase() === state ? word : `${word} (${state})`;
}

/** Why STATUS differs from the word that Genesis reported; empty when it does not. */
export function processWhy(process: ProcessView): string {
  const { reason, message } = process;
  if (reason === undefined || reason === 'reported') return '';
  const seen = reason === 'connect_failed' ? failedConnect(process)?.detail : undefined;
  if (seen) return printable(seen);
  return printable(message.slice(message.lastIndexOf(OURS) + OURS.length));
}

/** Genesis' own part of a message. */
export function genesisMessage({ reason, message }: ProcessView): string {
  const isAllTheirs = reason === undefined || reason === 'reported';
  const theirs = isAllTheirs ? message : message.slice(0, message.lastIndexOf(OURS));
  return printable(theirs).replaceAll(/^[;\s]+|[;\s]+$/g, '');
}
