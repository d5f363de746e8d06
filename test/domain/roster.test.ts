import { describe, expect, it } from 'vitest';
import type { ProcessReport } from '../../src/domain/process-report.ts';
import { MAX_FORMER_PROCESSES, type Roster, updateRoster } from '../../src/domain/roster.ts';
import { aReport } from './builders.ts';

const FORGET_AFTER_MS = 1_000;

/** The roster after answers at 0, 100, 200, ... ms that name these processes. */
function answers(...named: readonly (readonly (string | ProcessReport)[])[]): Roster {
  let roster: Roster = new Map();
  for (const [index, names] of named.entries()) {
    const processes = names.map((name) => (typeof name === 'string' ? aReport(name) : name));
    roster = updateRoster(roster, { processes, rejectedRows: 0 }, index * 100, FORGET_AFTER_MS);
  }
  return roster;
}

function answerOf(roster: Roster, nowMs: number, forgetAfterMs: number, ...names: readonly string[]): Roster {
  const processes = names.map((name) => aReport(name));
  return updateRoster(roster, { processes, rejectedRows: 0 }, nowMs, forgetAfterMs);
}

describe('updateRoster', () => {
  it.each([
    ['an empty first answer', [[]], ''],
    ['one answer', [['B', 'A']], 'B A'],
    [
      'the order of the latest answer, then those that dropped out',
      [
        ['A', 'B', 'C'],
        ['C', 'B'],
      ],
      'C B (A)',
    ],
    ['those that dropped out in the order they had', [['A', 'B', 'C', 'D'], ['D'], ['D']], 'D (A) (B) (C)'],
    ['an answer that empties itself', [['A', 'B'], []], '(A) (B)'],
    ['one that comes back, in its new place', [['A', 'B'], ['B'], ['B', 'A']], 'B A'],
    ["a name of JavaScript's own", [['__proto__', 'A'], ['A']], 'A (__proto__)'],
  ])('keeps %s', (_, named, shown) => {
    const roster = answers(...named);
    expect([...roster].map(([name, { inLastAnswer }]) => (inLastAnswer ? name : `(${name})`)).join(' ')).toBe(shown);
  });

  it.each([
    ['a millisecond before forget_after', 999, FORGET_AFTER_MS, true],
    ['at exactly forget_after', 1_000, FORGET_AFTER_MS, false],
    ['long after', 1e12, FORGET_AFTER_MS, false],
    ['at once, with forget_after 0', 1, 0, false],
    ['within the same millisecond, with forget_after 0', 0, 0, false],
  ])('remembers who dropped out: %s', (_, nowMs, forgetAfterMs, isKept) => {
    expect(answerOf(answers(['A', 'B']), nowMs, forgetAfterMs, 'A').has('B')).toBe(isKept);
  });

  it('counts from the last answer that had the process, not from the first that had it not', () => {
    const dropped = answerOf(answers(['A', 'B']), 900, FORGET_AFTER_MS, 'A');
    expect(dropped.get('B')?.seenMs).toBe(0);
    expect(answerOf(dropped, 1_000, FORGET_AFTER_MS, 'A').has('B')).toBe(false);
  });

  it('never forgets a process of the answer itself', () => {
    expect([...answerOf(new Map(), 5, 0, 'A').keys()]).toEqual(['A']);
  });

  it('keeps the last known port while later rows have none', () => {
    const roster = answers([aReport('A', { port: 9017 })], [aReport('A', { port: undefined })]);
    expect(roster.get('A')).toMatchObject({ port: 9017, report: { port: undefined }, seenMs: 100 });
  });

  it('keeps the last report of a process that dropped out', () => {
    const standby = aReport('A', { state: 'STANDBY', status: 'STANDBY' });
    expect(answers([standby], [], []).get('A')?.report).toEqual(standby);
  });

  it('keeps nothing large of a process that dropped out', () => {
    const said = aReport('A', { message: 'm'.repeat(65_536), lmdb: [{ usedRatio: 0.5, totalBytes: 1 }] });
    expect(answers([said], []).get('A')?.report).toMatchObject({ name: 'A', message: '', lmdb: [] });
  });

  it('remembers a bounded number of those that dropped out, the latest ones, beside all that are reported', () => {
    const named = (prefix: string) => Array.from({ length: 600 }, (_, index) => `${prefix}${index}`);
    const roster = answers(named('first'), named('second'), named('third'));
    const former = [...roster].filter(([, { inLastAnswer }]) => !inLastAnswer).map(([name]) => name);
    expect(roster.size).toBe(600 + MAX_FORMER_PROCESSES);
    expect(former).toEqual([...named('second'), ...named('first').slice(0, MAX_FORMER_PROCESSES - 600)]);
  });

  it('leaves the roster before as it was', () => {
    const before = answers(['A', 'B']);
    const copy = new Map(before);
    answerOf(before, 5_000, FORGET_AFTER_MS, 'C');
    expect(before).toEqual(copy);
  });
});
