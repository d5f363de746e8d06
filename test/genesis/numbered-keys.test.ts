import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberKeys, unnumbered } from '../../src/genesis/numbered-keys.ts';

describe('numberKeys', () => {
  it('gives each key of a row a number, and leaves all else', () => {
    const text = '[{"A" :"x:y","A":{"B":"]"}}, ["C"], {"D":1}, "E"]';
    expect(numberKeys(text)).toBe('[{"0:A" :"x:y","1:A":{"B":"]"}}, ["C"], {"2:D":1}, "E"]');
  });

  it('finds the colon however far it is', () => {
    expect(numberKeys(`[{"A"${' \n'.repeat(500)}:1}]`)).toContain('"0:A"');
  });

  it('changes nothing that unnumbered keys do not bring back, whatever the JSON is', () => {
    const row = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(fc.oneof(row, fc.jsonValue({ maxDepth: 0 }))), (rows) => {
        const read: unknown[] = JSON.parse(numberKeys(JSON.stringify(rows)));
        const back = read.map((one) => {
          if (typeof one !== 'object' || one === null) return one;
          return Object.fromEntries(Object.entries(one).map(([key, value]) => [unnumbered(key), value]));
        });
        expect(JSON.stringify(back)).toBe(JSON.stringify(rows));
      }),
      { numRuns: 300 },
    );
  });
});
