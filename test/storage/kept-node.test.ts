import { describe, expect, it } from 'vitest';
import { readCounters, readMemory } from '../../src/storage/kept-node.ts';

const MEMORY = {
  roster: [{ name: 'A', state: 'UP', port: 8080 }],
  histories: [['A', { state: 'UP', sinceMs: 1, changes: 1, lastChangeAtMs: 1, recent: [change({})] }]],
  failures: [{ reason: 'refused', detail: 'no', firstAtMs: 1, lastAtMs: 2, count: 3 }],
  standing: { reason: 'process_unhealthy', sinceMs: 1 },
};
const COUNTERS = { health: [3, { refused: 1 }], rejectedRows: 0, answeredMs: 5, connects: { A: [2, {}] } };

function change(other: object) {
  return { atMs: 1, from: 'DOWN', to: 'UP', reason: 'reported', message: '', ...other };
}

function memoryWith(part: object): string {
  return JSON.stringify({ ...MEMORY, ...part });
}

function history(part: object) {
  return { histories: [['A', { state: 'UP', sinceMs: 1, changes: 1, recent: [], ...part }]] };
}

describe('memory as it is stored', () => {
  it('is read as it was written', () => {
    expect(readMemory(JSON.stringify(MEMORY))).toEqual(MEMORY);
    expect(readCounters(JSON.stringify(COUNTERS))).toMatchObject(COUNTERS);
  });

  it.each([
    ['no JSON', 'DOWN', 'JSON'],
    ['null', 'null', 'expected an object, got null'],
    ['a roster that is no list', memoryWith({ roster: {} }), 'expected a list, got {}'],
    ['a process without a name', memoryWith({ roster: [{ state: 'UP' }] }), 'expected a text'],
    ['an unknown state', memoryWith({ roster: [{ name: 'A', state: 'GREEN' }] }), 'got "GREEN"'],
    ['a port as text', memoryWith({ roster: [{ name: 'A', state: 'UP', port: '80' }] }), 'expected a count, got "80"'],
    ['a port that is too high', memoryWith({ roster: [{ name: 'A', state: 'UP', port: 65_536 }] }), 'expected a port'],
    ['a time as text', memoryWith({ roster: [{ name: 'A', state: 'UP', seenMs: 'now' }] }), 'expected a time'],
    ['a time that no date can hold', memoryWith(history({ sinceMs: 1e300 })), 'expected a time'],
    ['a negative count', memoryWith(history({ changes: -1 })), 'expected a count, got -1'],
    ['half a change', memoryWith(history({ changes: 0.5 })), 'expected a count, got 0.5'],
    ['a change to an unknown state', memoryWith(history({ recent: [change({ to: 'up' })] })), 'got "up"'],
    ['a change for an unknown reason', memoryWith(history({ recent: [change({ reason: 'luck' })] })), 'got "luck"'],
    ['failures that are no list', memoryWith({ failures: 'many' }), 'expected a list, got "many"'],
    ['a failure for an unknown reason', memoryWith({ failures: [{ reason: 'luck' }] }), 'got "luck"'],
    ['a node for an unknown reason', memoryWith({ standing: { reason: 'luck', sinceMs: 1 } }), 'got "luck"'],
  ])('is refused with %s', (_, json, problem) => {
    expect(() => readMemory(json)).toThrow(problem);
  });

  it.each([
    ['counts as text', { health: ['3', {}] }],
    ['null for a count', { rejectedRows: null }],
    ['a negative count of failures', { health: [3, { refused: -1 }] }],
    ['counts that are no list', { connects: { A: 2 } }],
    ['a count that is not exact', { health: [2 ** 60, {}] }],
  ])('has no counters with %s', (_, part) => {
    expect(() => readCounters(JSON.stringify({ ...COUNTERS, ...part }))).toThrow('stored memory: expected');
  });

  it('keeps the counts of a process that is called like a part of JavaScript', () => {
    const json = JSON.stringify(COUNTERS).replace('"A"', '"__proto__"');
    expect(Object.entries(readCounters(json).connects)).toEqual([['__proto__', [2, {}]]]);
  });
});
