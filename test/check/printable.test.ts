import { describe, expect, it } from 'vitest';
import { printable, printableJson } from '../../src/check/terminal.ts';

describe('a printable text', () => {
  it.each([
    ['GENESIS_ROUTER', 'GENESIS_ROUTER'],
    ['', ''],
    ['日本語 é 👍', '日本語 é 👍'],
    ['a family \u{1F468}\u200d\u{1F469}', 'a family \u{1F468}\u200d\u{1F469}'],
    ['a\nb', 'a b'],
    ['a\r\n\tb\u2028c\u0085d', 'a b c d'],
    ['\u001b[31mred', '\uFFFD[31mred'],
    ['\u001b]0;title\u0007', '\uFFFD]0;title\uFFFD'],
    ['\u009b2J', '\uFFFD2J'],
    ['a\bb\u007f\u0000', 'a\uFFFDb\uFFFD\uFFFD'],
    ['\u202eevil', '\uFFFDevil'],
    ['\ufeff\u200b', '\uFFFD\uFFFD'],
    ['\ud83d', '\uFFFD'],
    ['\u{E0041}', '\uFFFD'],
  ])('of %j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe('printable JSON', () => {
  it.each(['a', '', '\u001b[31m', '\u009b2J', 'a\nb', '\u202eevil', '\u2028', '\ud83d', '\u{E0041}', '👍 é', '"\\'])(
    'means the same, and has nothing to obey: %j',
    (text) => {
      const json = printableJson(JSON.stringify({ text }, null, 2));
      expect(JSON.parse(json)).toEqual({ text });
      expect(json).toMatch(/^(?:\n|[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}])*$/u);
    },
  );
});
