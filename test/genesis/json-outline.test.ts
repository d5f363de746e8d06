import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineJson } from '../../src/genesis/json-outline.ts';

/** Lists, objects and the commas between their items, counted on the value. */
function partsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items = Object.values(value);
  return 1 + Math.max(0, items.length - 1) + items.reduce<number>((sum, item) => sum + partsOf(item), 0);
}

/** Keys of the objects in a list. */
function keysOf(list: readonly unknown[]): number {
  return list.reduce<number>((sum, item) => {
    const isObject = typeof item === 'object' && item !== null && !Array.isArray(item);
    return isObject ? sum + Object.keys(item).length : sum;
  }, 0);
}

describe('outlineJson', () => {
  it.each([
    ['', 1, 0, 0],
    ['[]', 1, 1, 0],
    ['[1]', 1, 1, 0],
    ['[1,2]', 2, 2, 0],
    ['[{"a":1,"b":[1,2]},{}]', 2, 7, 2],
    ['[{"a":1,"a":{"c":2}},{"d:":":"}]', 2, 6, 3],
    ['["a,b","[[["]', 2, 2, 0],
    [String.raw`["\",\\",","]`, 2, 2, 0],
    [String.raw`["\\\"",1]`, 2, 2, 0],
    ['["never ends,[,', 1, 1, 0],
    [String.raw`["\ `.trim(), 1, 1, 0],
    ['[[[[[[', 1, 6, 0],
    [']]],', 1, 1, 0],
  ])('counts in %s', (text, items, parts, keys) => {
    expect(outlineJson(text)).toEqual({ items, parts, keys });
  });

  it('counts what is there, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (list) => {
        const counted = { items: Math.max(1, list.length), parts: partsOf(list), keys: keysOf(list) };
        expect(outlineJson(JSON.stringify(list))).toEqual(counted);
        expect(outlineJson(JSON.stringify(list, undefined, ' '))).toEqual(counted);
      }),
      { numRuns: 500 },
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'"\\,[]{}:a\u0000', '\ud83d') }), (text) => {
        expect(outlineJson(text).parts).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
