import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/config/duration.ts';

describe('parseDuration', () => {
  it.each([
    ['0', 0],
    ['500ms', 500],
    ['15s', 15_000],
    ['1h30m', 5_400_000],
    ['1d', 86_400_000],
    ['2w', 1_209_600_000],
    ['1y', 31_536_000_000],
    ['1d2h3m4s5ms', 93_784_005],
    ['0s', 0],
    ['007s', 7_000],
    ['', undefined],
    ['15', undefined],
    ['s', undefined],
    ['15 s', undefined],
    [' 15s', undefined],
    ['15s\n', undefined],
    ['1.5h', undefined],
    ['-1s', undefined],
    ['1e3s', undefined],
    ['1m1h', undefined],
    ['1s1s', undefined],
    ['15S', undefined],
    ['9999999999s', undefined],
    ['\u0661s', undefined],
  ])('reads %j as %j milliseconds', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [1, '1ms'],
    [15_000, '15s'],
    [90_000, '1m30s'],
    [86_400_000, '1d'],
    [90_000_000, '25h'],
    [604_800_000, '1w'],
    [31_536_000_000, '1y'],
  ])('writes %j milliseconds as %j', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });

  it('writes what parseDuration reads back', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 13 }), (durationMs) => {
        expect(parseDuration(formatDuration(durationMs))).toBe(durationMs);
      }),
    );
  });
});
