import { expect, it } from 'vitest';
import { parseGoDuration } from '../../src/config/duration.ts';

it.each([
  ['1s', 1000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['.5s', 500],
  ['1.s', 1000],
  ['2h3m4s5ms', 7_384_005],
  ['100us', 0.1],
  ['100\u00b5s', 0.1],
  ['100\u03bcs', 0.1],
  ['1000000ns', 1],
  ['0', 0],
  ['-2s', -2000],
  ['+2s', 2000],
  ['1s1s', 2000],
  ['', undefined],
  ['5', undefined],
  ['1d', undefined],
  ['s', undefined],
  ['1 s', undefined],
  ['1S', undefined],
  ['1.2.3s', undefined],
  ['--1s', undefined],
  ['1s ', undefined],
  [`${'9'.repeat(400)}h`, undefined],
])('reads the duration %j as %s milliseconds', (text, ms) => {
  expect(parseGoDuration(text)).toEqual(ms === undefined ? undefined : expect.closeTo(ms, 9));
});
