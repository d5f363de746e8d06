import type { ProcessState } from './process-state.ts';
import { BLIND_REASONS, type ProcessReason } from './verdict.ts';

/** Of a process' changes at most so many are kept, the latest. */
export const MAX_RECENT_CHANGES = 20;

/** Of the message at a change at most so many characters are kept. */
export const MAX_CHANGE_MESSAGE_LENGTH = 200;

/** One change of a process, as it is remembered. */
export interface StateChange {
  /** Wall-clock milliseconds when it was seen. */
  readonly atMs: number;
  readonly from: ProcessState;
  readonly to: ProcessState;
  readonly reason: ProcessReason | undefined;
  /** The beginning of the message it came with. */
  readonly message: string;
}

/** The states a process has been in, as far as there was evidence of them. */
export interface ProcessHistory {
  readonly state: ProcessState;
  /** Wall-clock milliseconds when the state was first seen. */
  readonly sinceMs: number;
  readonly changes: number;
  /** Wall-clock milliseconds of the latest change; undefined until the first. */
  readonly lastChangeAtMs: number | undefined;
  /** The latest changes, the oldest first. */
  readonly recent: readonly StateChange[];
}

/** The histories of a node's processes by name. */
export type Histories = ReadonlyMap<string, ProcessHistory>;

/** One change from a known state to another. */
export interface Transition {
  readonly process: string;
  readonly from: ProcessState;
  readonly to: ProcessState;
  readonly reason: ProcessReason | undefined;
}

/** A process' state at one moment and why. */
export interface StateSeen {
  readonly name: string;
  readonly state: ProcessState;
  readonly reason: ProcessReason | undefined;
  readonly message: string;
}

/** Histories after one more look, the very ones of before when all is as it was. Our own blindness is no state; who is not shown any more has no history. */
export function recordStates(
  before: Histories,
  seen: readonly StateSeen[],
  wallMs: number,
): { readonly histories: Histories; readonly transitions: readonly Transition[] } {
  if (isAllAsBefore(before, seen)) return { histories: before, transitions: [] };
  const histories = new Map<string, ProcessHistory>();
  const transitions: Transition[] = [];
  for (const { name, state, reason, message } of seen) {
    const history = before.get(name);
    if (BLIND_REASONS.has(reason) || history?.state === state) {
      if (history !== undefined) histories.set(name, history);
    } else if (history === undefined) {
      histories.set(name, { state, sinceMs: wallMs, changes: 0, lastChangeAtMs: undefined, recent: [] });
    } else {
      const change = { atMs: wallMs, from: history.state, to: state, reason, message: beginning(message) };
      const recent = [...history.recent, change].slice(-MAX_RECENT_CHANGES);
      histories.set(name, { state, sinceMs: wallMs, changes: history.changes + 1, lastChangeAtMs: wallMs, recent });
      transitions.push({ process: name, from: history.state, to: state, reason });
    }
  }
  return { histories, transitions };
}

function isAllAsBefore(before: Histories, seen: readonly StateSeen[]): boolean {
  if (seen.length !== before.size) return false;
  return seen.every(({ name, state, reason }) => {
    const history = before.get(name);
    return history !== undefined && (history.state === state || BLIND_REASONS.has(reason));
  });
}

/** A copy: a mere slice would keep the whole message in memory. */
function beginning(message: string): string {
  return [...message.slice(0, MAX_CHANGE_MESSAGE_LENGTH)].join('');
}
