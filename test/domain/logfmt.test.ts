import { describe, expect, it } from 'vitest';
import { formatLogfmt } from '../../src/domain/logfmt.ts';

describe('formatLogfmt', () => {
  it('begins with time, level and message, wherever they stand in the record', () => {
    const record = {
      level: 'warn',
      time: '2026-11-27T01:02:03.004Z',
      node: 'trading-a',
      msg: 'process status changed',
    };
    expect(formatLogfmt(record)).toBe(
      'ts=2026-11-27T01:02:03.004Z level=warn msg="process status changed" node=trading-a',
    );
  });

  it.each([
    ['a word', 'UP', 'UP'],
    ['a number', 12.5, '12.5'],
    ['zero', 0, '0'],
    ['a boolean', false, 'false'],
    ['nothing', null, 'null'],
    ['the word null', 'null', '"null"'],
    ['a word that begins with null', 'nullable', 'nullable'],
    ['a number as text', '12', '12'],
    ['no text', '', '""'],
    ['blanks', 'a b', '"a b"'],
    ['an equals sign', 'a=b', '"a=b"'],
    ['quotes', 'say "no"', '"say \\"no\\""'],
    ['a backslash alone', 'C:\\temp', 'C:\\temp'],
    ['a backslash within quotes', 'C:\\my temp', '"C:\\\\my temp"'],
    ['lines', 'a\nb\r\tc', '"a\\nb\\r\\tc"'],
    ['a forged line', 'x\nts=1 level=info msg=ok', '"x\\nts=1 level=info msg=ok"'],
    ['escapes of a terminal', '\u001b[31mred\u009b', '"\\u001b[31mred\\u009b"'],
    ['separators of lines and paragraphs', 'a\u2028b\u2029c', '"a\\u2028b\\u2029c"'],
    ['half a surrogate pair', 'a\ud800', '"a\\ud800"'],
    ['other letters', 'größe', 'größe'],
    ['a list', ['http://a:1', 'b c'], '"[\\"http://a:1\\",\\"b c\\"]"'],
    ['an empty list', [], '[]'],
    ['a mapping', { a: { b: 1 } }, '"{\\"a\\":{\\"b\\":1}}"'],
  ])('writes %s', (_what, value, text) => {
    expect(formatLogfmt({ time: 't', level: 'info', msg: 'm', value })).toBe(`ts=t level=info msg=m value=${text}`);
  });

  it.each([
    ['a.b-c/d', 'a.b-c/d'],
    ['a b', 'a_b'],
    ['a="b', 'a__b'],
    ['a\nb\u2028', 'a_b_'],
    ['', '_'],
    ['größe', 'größe'],
  ])('has the key %j as %s', (key, text) => {
    expect(formatLogfmt({ time: 't', level: 'info', msg: 'm', [key]: 1 })).toBe(`ts=t level=info msg=m ${text}=1`);
  });

  it('keeps an error on its line: its message, then its stack', () => {
    const err = {
      type: 'TypeError',
      message: 'x is no function',
      stack: 'TypeError: x is no function\n    at f (a.ts:1)',
    };
    expect(formatLogfmt({ time: 't', level: 'error', msg: 'request failed', err })).toBe(
      'ts=t level=error msg="request failed" err="x is no function" err_stack="TypeError: x is no function\\n    at f (a.ts:1)"',
    );
  });
});
