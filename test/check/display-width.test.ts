import { describe, expect, it } from 'vitest';
import { cutTo, displayWidth, padTo } from '../../src/check/terminal.ts';

describe('the display width', () => {
  it.each([
    ['', 0],
    ['GENESIS', 7],
    ['é', 1],
    ['e\u0301', 1],
    ['日本語', 6],
    ['한국', 4],
    ['カナ', 4],
    ['ｶﾅ', 2],
    ['ＡＢ', 4],
    ['👍', 2],
    ['\uFFFD', 1],
    ['…', 1],
  ])('of %j', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  it('is what a text is filled up to', () => {
    expect(padTo('日本', 6)).toBe('日本  ');
    expect(padTo('abcdef', 3)).toBe('abcdef');
  });

  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['ae\u0301bc', 3, 'ae\u0301…'],
    ['👍👍', 3, '👍…'],
    ['abc', 1, '…'],
    ['', 0, ''],
  ])('is what %j is cut to: %d', (text, columns, expected) => {
    const cut = cutTo(text, columns);
    expect(cut).toBe(expected);
    expect(displayWidth(cut)).toBeLessThanOrEqual(columns);
  });
});
