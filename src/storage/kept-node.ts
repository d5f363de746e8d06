import { CONNECT_FAILURES, HEALTH_FAILURES } from '../domain/failure-reason.ts';
import { type FailureRun, MAX_FAILURE_RUNS } from '../domain/failure-run.ts';
import { NODE_REASONS } from '../domain/node-health.ts';
import { PROCESS_STATES, type ProcessState } from '../domain/process-state.ts';
import type { NodeStanding } from '../domain/snapshot.ts';
import { MAX_RECENT_CHANGES, type ProcessHistory, type StateChange } from '../domain/transition.ts';
import { PROCESS_REASONS } from '../domain/verdict.ts';

/** One process of a roster as it is kept. */
export interface KeptProcess {
  readonly name: string;
  readonly state: ProcessState;
  readonly port: number | undefined;
  /** Wall-clock milliseconds of the last report; undefined when it was in the last good answer. */
  readonly seenMs?: number;
}

/** What a node must remember, as JSON. */
export interface NodeMemory {
  readonly roster: readonly KeptProcess[];
  readonly histories: readonly (readonly [string, ProcessHistory])[];
  readonly failures: readonly FailureRun[];
  readonly standing: NodeStanding | undefined;
}

/** Counts of probes as they are kept. */
export type KeptCounts = readonly [finished: number, failures: Readonly<Record<string, number>>];

/** What changes with every probe of a node, as JSON. */
export interface NodeCounters {
  readonly health: KeptCounts;
  readonly rejectedRows: number;
  /** Wall-clock milliseconds of the last good answer. */
  readonly answeredMs: number | undefined;
  readonly connects: Readonly<Record<string, KeptCounts>>;
}

const FAILURE_REASONS = [...new Set([...HEALTH_FAILURES, ...CONNECT_FAILURES])];

/** Receives an error for each stored part that has another shape: somebody may have edited the database. */
export type OnDamage = (error: unknown) => void;

/**
 * Reads the memory of a node without its damaged parts. A process whose name can be read stays in the roster: if it were
 * forgotten, a missing process would turn green. Throws when the text is not a JSON object.
 */
export function readMemory(json: string, onDamage: OnDamage): NodeMemory {
  const { roster, histories, failures, standing } = anObject(JSON.parse(json));
  return {
    roster: readableItems(roster, (item) => processOf(item, onDamage), onDamage),
    histories: readableItems(histories, historyEntryOf, onDamage),
    failures: readableItems(failures, failureOf, onDamage).slice(-MAX_FAILURE_RUNS),
    standing: readable(() => optional(standing, standingOf), undefined, onDamage),
  };
}

/** Reads the counters of a node. Damaged counters begin at 0, as they do in a run without memory. Throws as `readMemory` does. */
export function readCounters(json: string, onDamage: OnDamage): NodeCounters {
  const { health, rejectedRows, answeredMs, connects } = anObject(JSON.parse(json));
  const byProcess = readable(() => Object.entries(anObject(connects)), [], onDamage);
  return {
    health: readable(() => countsOf(health), NO_COUNTS, onDamage),
    rejectedRows: readable(() => aCount(rejectedRows), 0, onDamage),
    answeredMs: readable(() => optional(answeredMs, aTime), undefined, onDamage),
    connects: Object.fromEntries(
      byProcess.map(([name, counts]) => [name, readable(() => countsOf(counts), NO_COUNTS, onDamage)] as const),
    ),
  };
}

const NO_COUNTS: KeptCounts = [0, {}];

function readable<T>(read: () => T, fallback: T, onDamage: OnDamage): T {
  try {
    return read();
  } catch (error) {
    onDamage(error);
    return fallback;
  }
}

function readableItems<T>(list: unknown, read: (item: unknown) => T, onDamage: OnDamage): readonly T[] {
  const items = readable(() => aList(list), [], onDamage);
  return items.flatMap((item) => readable(() => [read(item)], [], onDamage));
}

function processOf(value: unknown, onDamage: OnDamage): KeptProcess {
  const { name, state, port, seenMs } = anObject(value);
  const kept = {
    name: aText(name),
    state: readable<ProcessState>(() => oneOf(PROCESS_STATES, state), 'UNKNOWN', onDamage),
    port: readable(() => optional(port, aPort), undefined, onDamage),
  };
  const reportedMs = readable(() => optional(seenMs, aTime), undefined, onDamage);
  return reportedMs === undefined ? kept : { ...kept, seenMs: reportedMs };
}

function historyEntryOf(value: unknown): readonly [string, ProcessHistory] {
  const [name, history] = aList(value);
  return [aText(name), historyOf(anObject(history))];
}

function standingOf(value: unknown): NodeStanding {
  const { reason, sinceMs } = anObject(value);
  return { reason: optional(reason, (word) => oneOf(NODE_REASONS, word)), sinceMs: aTime(sinceMs) };
}

function historyOf({ state, sinceMs, changes, lastChangeAtMs, recent }: Fields): ProcessHistory {
  return {
    state: oneOf(PROCESS_STATES, state),
    sinceMs: aTime(sinceMs),
    changes: aCount(changes),
    lastChangeAtMs: optional(lastChangeAtMs, aTime),
    recent: aList(recent).map(changeOf).slice(-MAX_RECENT_CHANGES),
  };
}

function changeOf(value: unknown): StateChange {
  const { atMs, notBeforeMs, from, to, reason, message } = anObject(value);
  return {
    atMs: aTime(atMs),
    ...(notBeforeMs === undefined ? {} : { notBeforeMs: aTime(notBeforeMs) }),
    from: oneOf(PROCESS_STATES, from),
    to: oneOf(PROCESS_STATES, to),
    reason: optional(reason, (word) => oneOf(PROCESS_REASONS, word)),
    message: aText(message),
  };
}

function failureOf(value: unknown): FailureRun {
  const { process, reason, detail, firstAtMs, lastAtMs, count } = anObject(value);
  return {
    process: optional(process, aText),
    reason: oneOf(FAILURE_REASONS, reason),
    detail: aText(detail),
    firstAtMs: aTime(firstAtMs),
    lastAtMs: aTime(lastAtMs),
    count: aCount(count),
  };
}

function countsOf(value: unknown): KeptCounts {
  const [finished, failures] = aList(value);
  const counted = Object.entries(anObject(failures)).map(([reason, count]) => [reason, aCount(count)] as const);
  return [aCount(finished), Object.fromEntries(counted)];
}

type Fields = Readonly<Record<string, unknown>>;

function anObject(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected('an object', value);
  // Every field of it is checked by the caller.
  return value as Fields;
}

function aList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw unexpected('a list', value);
  return value;
}

function aText(value: unknown): string {
  if (typeof value !== 'string') throw unexpected('a text', value);
  return value;
}

function aCount(value: unknown): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw unexpected('a count', value);
  return Number(value);
}

function aPort(value: unknown): number {
  if (aCount(value) > 65_535) throw unexpected('a port', value);
  return Number(value);
}

/** JavaScript's dates can hold every time that this accepts. */
function aTime(value: unknown): number {
  if (typeof value !== 'number' || !(Math.abs(value) <= 8.64e15)) throw unexpected('a time', value);
  return value;
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw unexpected(`one of ${words.join(', ')}`, value);
  return found;
}

/** JSON has no `undefined`: such a field is missing. */
function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : read(value);
}

function unexpected(expected: string, value: unknown): Error {
  return new Error(`stored memory: expected ${expected}, got ${JSON.stringify(value)?.slice(0, 80)}`);
}
