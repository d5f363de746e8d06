import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDuplicates } from '../../src/domain/process-report.ts';
import { isWorse, PROCESS_STATES } from '../../src/domain/process-state.ts';
import { aReport } from './builders.ts';

const up = aReport('A');
const down = aReport('A', { status: 'DOWN', state: 'DOWN' });
const wordless = aReport('A', { status: undefined, state: 'UNKNOWN' });
const warning = aReport('A', { status: 'WARNING', state: 'WARNING' });
const other = aReport('B');

describe('mergeDuplicates', () => {
  it.each([
    ['nothing', [], []],
    ['rows of different names as they are', [up, other], [up, other]],
    ['the worse of two', [up, down], [down]],
    ['the worse of two in the other order', [down, up], [down]],
    ["the worse in the first one's place", [up, other, down], [down, other]],
    ['the worst of many', [up, warning, down, wordless, up], [down]],
    ['a row without a word rather than a WARNING', [warning, wordless], [wordless]],
    ['names that differ in case apart', [up, aReport('a')], [up, aReport('a')]],
    ["names of JavaScript's own", [aReport('__proto__'), aReport('__proto__')], [aReport('__proto__')]],
  ])('keeps %s', (_, rows, kept) => {
    expect(mergeDuplicates(rows)).toEqual(kept);
  });

  it('keeps the first of two that are equally bad', () => {
    const first = aReport('A', { message: 'first' });
    expect(mergeDuplicates([first, aReport('A', { message: 'second' })])).toEqual([first]);
  });

  it('keeps one row for each name, in the order of their first rows, none worse left out', () => {
    const row = fc.record({ name: fc.constantFrom('A', 'B', 'C'), state: fc.constantFrom(...PROCESS_STATES) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const merged = mergeDuplicates(rows.map(({ name, state }) => aReport(name, { state })));
        expect(merged.map(({ name }) => name)).toEqual([...new Set(rows.map(({ name }) => name))]);
        for (const { name, state } of merged) {
          expect(rows.some((one) => one.name === name && isWorse(one.state, state))).toBe(false);
        }
      }),
    );
  });
});
