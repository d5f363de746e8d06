import { describe, expect, it } from 'vitest';
import { readCounters, readMemory } from '../../src/storage/kept-node.ts';

const MEMORY = {
  roster: [{ name: 'A', state: 'UP', port: 8080 }],
  histories: [['A', { state: 'UP', sinceMs: 1, changes: 1, lastChangeAtMs: 1, recent: [change({})] }]],
  failures: [{ reason: 'refused', detail: 'no', firstAtMs: 1, lastAtMs: 2, count: 3 }],
  standing: { reason: 'process_unhealthy', sinceMs: 1 },
};
const COUNTERS = { health: [3, { refused: 1 }], rejectedRows: 2, answeredMs: 5, connects: { A: [2, {}] } };

function change(other: object) {
  return { atMs: 1, from: 'DOWN', to: 'UP', reason: 'reported', message: '', ...other };
}

function history(part: object) {
  return { histories: [['A', { state: 'UP', sinceMs: 1, changes: 1, recent: [], ...part }]] };
}

/** Reads a text, with the problems that were reported. */
function withProblems<T>(read: (json: string, onDamage: (error: unknown) => void) => T, json: string) {
  const problems: string[] = [];
  return { value: read(json, (error) => problems.push(String(error))), problems };
}

describe('stored memory', () => {
  it('is read as it was written', () => {
    expect(withProblems(readMemory, JSON.stringify(MEMORY))).toEqual({ value: MEMORY, problems: [] });
    expect(withProblems(readCounters, JSON.stringify(COUNTERS))).toEqual({ value: COUNTERS, problems: [] });
  });

  it.each(['DOWN', '', 'null', '[]', '"text"'])('cannot be read from %s', (json) => {
    expect(() => readMemory(json, () => {})).toThrow();
    expect(() => readCounters(json, () => {})).toThrow();
  });

  it.each([
    ['a roster that is no list', { roster: {} }, { roster: [] }, 'expected a list, got {}'],
    ['a process without a name', { roster: [{ state: 'UP' }] }, { roster: [] }, 'expected a text'],
    ['times that no date can hold', history({ sinceMs: 1e300 }), { histories: [] }, 'expected a time'],
    ['a negative count', history({ changes: -1 }), { histories: [] }, 'expected a count, got -1'],
    ['half a change', history({ changes: 0.5 }), { histories: [] }, 'expected a count, got 0.5'],
    ['a change to an unknown state', history({ recent: [change({ to: 'up' })] }), { histories: [] }, 'got "up"'],
    ['a change for an unknown reason', history({ recent: [change({ reason: 'x' })] }), { histories: [] }, 'got "x"'],
    ['failures that are no list', { failures: 'many' }, { failures: [] }, 'expected a list, got "many"'],
    ['a failure for an unknown reason', { failures: [{ reason: 'x' }] }, { failures: [] }, 'got "x"'],
    ['a node for an unknown reason', { standing: { reason: 'x', sinceMs: 1 } }, { standing: undefined }, 'got "x"'],
  ])('is read without %s', (_, damaged, left, problem) => {
    const { value, problems } = withProblems(readMemory, JSON.stringify({ ...MEMORY, ...damaged }));
    expect(value).toEqual({ ...MEMORY, ...left });
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['an unknown state', { state: 'GREEN' }, { state: 'UNKNOWN' }],
    ['a port as text', { port: '80' }, { port: undefined }],
    ['a port that is too high', { port: 65_536 }, { port: undefined }],
    ['a time as text', { seenMs: 'now' }, {}],
  ])('remembers the process in spite of %s', (_, damaged, left) => {
    const kept = { name: 'A', state: 'UP', port: 8080 };
    const json = JSON.stringify({ ...MEMORY, roster: [{ ...kept, ...damaged }] });
    const { value, problems } = withProblems(readMemory, json);
    expect(value.roster).toEqual([{ ...kept, ...left }]);
    expect(problems).toHaveLength(1);
  });

  it.each([
    ['counts as text', { health: ['3', {}] }, { health: [0, {}] }],
    ['null for a count', { rejectedRows: null }, { rejectedRows: 0 }],
    ['a negative count of failures', { health: [3, { refused: -1 }] }, { health: [0, {}] }],
    ['counts that are no list', { connects: { A: 2 } }, { connects: { A: [0, {}] } }],
    ['a list for the processes', { connects: [] }, { connects: {} }],
    ['a count that is not exact', { health: [2 ** 60, {}] }, { health: [0, {}] }],
    ['a time as text', { answeredMs: 'now' }, { answeredMs: undefined }],
  ])('begins counters at 0 for %s', (_, damaged, left) => {
    const { value, problems } = withProblems(readCounters, JSON.stringify({ ...COUNTERS, ...damaged }));
    expect(value).toEqual({ ...COUNTERS, ...left });
    expect(problems).toHaveLength(1);
  });
});
