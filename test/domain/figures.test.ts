import { describe, expect, it } from 'vitest';
import { parseByteSize } from '../../src/domain/byte-size.ts';
import { lmdbUsage } from '../../src/domain/process-report.ts';
import { countProbe, zeroCounts } from '../../src/domain/snapshot.ts';
import { formatHostPort } from '../../src/domain/target-address.ts';

describe('parseByteSize', () => {
  it.each([
    ['2GB', 2 ** 31],
    ['2GiB', 2 ** 31],
    ['2 gb', 2 ** 31],
    ['2g', 2 ** 31],
    [' 512MB ', 2 ** 29],
    ['8MiB', 2 ** 23],
    ['1.5 GB', 1.5 * 2 ** 30],
    ['1TB', 2 ** 40],
    ['1k', 1024],
    ['1024', 1024],
    ['7B', 7],
    ['0', 0],
    ['012', 12],
    ['0.3B', 0],
    ['999999999999999TB', 999_999_999_999_999 * 2 ** 40],
    ['', undefined],
    ['GB', undefined],
    ['-1GB', undefined],
    ['1,5GB', undefined],
    ['1.2.3GB', undefined],
    ['.5GB', undefined],
    ['5.GB', undefined],
    ['2PB', undefined],
    ['8i', undefined],
    ['8iB', undefined],
    ['2 G B', undefined],
    ['1e3', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['2GB 2GB', undefined],
    ['1000000000000000', undefined],
    [`${'9'.repeat(1_000_000)}GB`, undefined],
    [`1${' '.repeat(1_000_000)}x`, undefined],
  ])('reads %.30j', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });
});

describe('lmdbUsage', () => {
  it.each([
    [1, 2 ** 31, 0.01, 2 ** 31],
    [0, 1, 0, 1],
    [100, 1, 1, 1],
    [100.1, 1, undefined, 1],
    [1e15, 1, undefined, 1],
    [-1, 1, undefined, 1],
    [Number.NaN, 1, undefined, 1],
    [50, 0, 0.5, undefined],
    [50, -1, 0.5, undefined],
    [50, undefined, 0.5, undefined],
    [50, Number.NaN, 0.5, undefined],
    [50, Number.POSITIVE_INFINITY, 0.5, undefined],
  ])('keeps of %s %% of %s bytes what can be true', (percent, bytes, usedRatio, totalBytes) => {
    expect(lmdbUsage(percent, bytes)).toEqual({ usedRatio, totalBytes });
  });
});

describe('formatHostPort', () => {
  it.each([
    ['10.0.0.5', 4569, '10.0.0.5:4569'],
    ['genesis.example', 80, 'genesis.example:80'],
    ['::1', 4569, '[::1]:4569'],
    ['fe80::1%eth0', 1, '[fe80::1%eth0]:1'],
  ])('writes %s and %i', (host, port, text) => {
    expect(formatHostPort(host, port)).toBe(text);
  });
});

describe('countProbe', () => {
  const zero = zeroCounts(['refused', 'timeout']);

  it('starts every reason at 0', () => {
    expect(zero).toEqual({
      finished: 0,
      failures: new Map([
        ['refused', 0],
        ['timeout', 0],
      ]),
    });
  });

  it('counts a success as finished alone', () => {
    expect(countProbe(zero, undefined)).toEqual({ finished: 1, failures: zero.failures });
  });

  it('counts a failure under its reason, and leaves the counts before as they were', () => {
    const once = countProbe(countProbe(zero, 'timeout'), 'timeout');
    expect(once).toEqual({
      finished: 2,
      failures: new Map([
        ['refused', 0],
        ['timeout', 2],
      ]),
    });
    expect(zero.failures.get('timeout')).toBe(0);
  });

  it('counts a reason that was not among the first', () => {
    expect(countProbe({ finished: 3, failures: new Map<string, number>() }, 'dns').failures.get('dns')).toBe(1);
  });
});
