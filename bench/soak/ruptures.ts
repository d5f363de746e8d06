/*
 * What an exporter says must go on from what it said before, also when it was ended by `kill -9` in between: it has a database.
 *
 * A counter never falls, no process is forgotten, and as long as nobody counts a change, a state and its `since` are the same. When
 * nothing at all has been wrong with a node from two intervals before the first of two testimonies to the second, there was no change
 * to count. Of a process that cannot be seen, `since` says since when it cannot.
 *
 * A `kill -9` may lose the last second: what was said in it is no testimony any more.
 */
import type { ProcessTestimony, Testimony } from './testimony.ts';
import { TIMING } from './timing.ts';

const BLIND: ReadonlySet<string | null> = new Set(['pending', 'health_unavailable', 'stale']);

/** All ways in which a testimony of a node does not go on from the one before; `isWell`: nothing was wrong from before that one to this one. */
export function ruptures(before: Testimony, after: Testimony, isWell: boolean): readonly string[] {
  const problems: string[] = [];
  for (const [series, value] of before.counters) {
    const next = after.counters.get(series);
    if (next === undefined || next < value) problems.push(`${series} was ${value} and is ${next ?? 'gone'}`);
  }
  for (const [name, was] of before.processes) {
    const now = after.processes.get(name);
    if (now === undefined) problems.push(`${name} is forgotten`);
    else problems.push(...processRuptures(was, now, isWell).map((problem) => `${name} ${problem}`));
  }
  return problems;
}

function processRuptures(was: ProcessTestimony, now: ProcessTestimony, isWell: boolean): readonly string[] {
  if (now.changes < was.changes) return [`had ${was.changes} changes and has ${now.changes}`];
  if (isWell && now.changes > was.changes) return [`has changed to ${now.state}, but the node has been well`];
  if (BLIND.has(was.reason) || BLIND.has(now.reason)) return [];
  if (now.changes > was.changes)
    return Date.parse(now.since ?? '') >= Date.parse(was.since ?? '')
      ? []
      : [`is ${now.state} since ${now.since}, but was ${was.state} since ${was.since}`];
  if (now.state !== was.state) return [`was ${was.state} and is ${now.state} without a change`];
  return now.since === was.since ? [] : [`is ${now.state} since ${now.since}, but was so since ${was.since}`];
}

/** Processes that the latest good answer leaves out, and that are not red for it. */
export function missingButNotRed({ processes }: Testimony): readonly string[] {
  return [...processes]
    .filter(([, { reported, healthy, reason }]) => reported === false && (healthy || reason !== 'not_reported'))
    .map(([name, { state, reason }]) => `${name} is not reported, but ${state} for the reason ${reason}`);
}

/** What was said of a node, for as long as something must go on from it. */
export interface Recollection {
  readonly last: Testimony | undefined;
  add(testimony: Testimony): void;
  /** The exporter was killed: what it said in its last second may be lost. */
  survive(killedMs: number): void;
  /** Nothing has to go on from what was said so far. */
  clear(): void;
}

/** More than are said in a second. */
const KEPT = 50;

/** Nothing was said yet. */
export function createRecollection(): Recollection {
  let testimonies: readonly Testimony[] = [];
  return {
    get last() {
      return testimonies.at(-1);
    },
    add(testimony) {
      testimonies = [...testimonies, testimony].slice(-KEPT);
    },
    survive(killedMs) {
      testimonies = testimonies.filter(({ answeredMs }) => answeredMs <= killedMs - TIMING.lossMs);
    },
    clear() {
      testimonies = [];
    },
  };
}
