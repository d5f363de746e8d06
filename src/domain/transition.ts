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
  /** It happened at an unknown moment between this one and `atMs`, while no exporter watched; undefined when it was seen at once. */
  readonly notBeforeMs?: number;
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
  /** Wall-clock milliseconds when an earlier run of the exporter last watched; undefined once this run has seen a state. */
  readonly restoredMs?: number;
}

/** The histories of a node's processes by name. */
export type Histories = ReadonlyMap<string, ProcessHistory>;

/** One change of a process from a known state to another. */
export interface Transition extends StateChange {
  readonly process: string;
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
    if (BLIND_REASONS.has(reason)) {
      if (history !== undefined) histories.set(name, history);
    } else if (history?.state === state) {
      histories.set(name, seenAgain(history));
    } else if (history === undefined) {
      histories.set(name, { state, sinceMs: wallMs, changes: 0, lastChangeAtMs: undefined, recent: [] });
    } else {
      const between = history.restoredMs === undefined ? {} : { notBeforeMs: Math.min(history.restoredMs, wallMs) };
      const change = { atMs: wallMs, ...between, from: history.state, to: state, reason, message: beginning(message) };
      const recent = [...history.recent, change].slice(-MAX_RECENT_CHANGES);
      histories.set(name, { state, sinceMs: wallMs, changes: history.changes + 1, lastChangeAtMs: wallMs, recent });
      transitions.push({ process: name, ...change });
    }
  }
  return { histories, transitions };
}

function isAllAsBefore(before: Histories, seen: readonly StateSeen[]): boolean {
  if (seen.length !== before.size) return false;
  return seen.every(({ name, state, reason }) => {
    const history = before.get(name);
    if (history === undefined) return false;
    return BLIND_REASONS.has(reason) || (history.state === state && history.restoredMs === undefined);
  });
}

function seenAgain(history: ProcessHistory): ProcessHistory {
  if (history.restoredMs === undefined) return history;
  const { restoredMs: _, ...seen } = history;
  return seen;
}

/** A copy: a mere slice would keep the whole message in memory. */
function beginning(message: string): string {
  return [...message.slice(0, MAX_CHANGE_MESSAGE_LENGTH)].join('');
}
