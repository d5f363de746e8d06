import { describe, expect, it } from 'vitest';
import { judgeSamples } from '../../bench/soak/growth.ts';
import { readSample, type Sample } from '../../bench/soak/sample.ts';

const MIB = 2 ** 20;

/** Samples of a minute each, from 0; the first are the warm-up. */
function samples(count: number, at: (index: number) => Partial<Sample> = () => ({})): readonly Sample[] {
  return Array.from({ length: count }, (_, index) => ({
    minutes: index,
    life: 1,
    residentBytes: 100 * MIB,
    heapBytes: 30 * MIB,
    openFds: 40,
    lagP99Seconds: 0,
    missedTicks: 0,
    internalErrors: 0,
    afterStall: false,
    ...at(index),
  }));
}

describe('a soak', () => {
  it.each<[string, readonly Sample[], boolean]>([
    ['nothing changes', samples(61), true],
    ['the warm-up does not count', samples(61, (i) => ({ heapBytes: (i === 0 ? 5 : 30) * MIB })), true],
    ['a saw is no growth', samples(61, (i) => ({ heapBytes: (25 + (i % 10)) * MIB })), true],
    [
      'a heap that is let grow further before garbage is collected is none',
      samples(61, (i) => ({ heapBytes: (25 + (i % 10) * (i < 30 ? 1 : 4)) * MIB })),
      true,
    ],
    ['one high sample is no growth', samples(61, (i) => ({ openFds: i === 60 ? 9000 : 40 })), true],
    ['descriptors grow', samples(61, (i) => ({ openFds: 40 + i })), false],
    ['the heap grows', samples(61, (i) => ({ heapBytes: (30 + i / 5) * MIB })), false],
    ['resident memory grows', samples(61, (i) => ({ residentBytes: (100 + i) * MIB })), false],
    ['a tick was missed', samples(61, (i) => ({ missedTicks: i === 60 ? 1 : 0 })), false],
    [
      'a tick was missed in a life before',
      samples(61, (i) => ({ life: i < 9 ? 1 : 2, missedTicks: i < 9 ? 1 : 0 })),
      false,
    ],
    [
      'a tick was missed while the machine stalled',
      samples(61, (i) => ({ missedTicks: i < 9 ? 0 : 1, afterStall: i === 9 })),
      true,
    ],
    [
      'a tick was missed, and later the machine stalled',
      samples(61, (i) => ({ missedTicks: i < 9 ? 0 : 1, afterStall: i === 12 })),
      false,
    ],
    ['an error of its own', samples(61, (i) => ({ internalErrors: i < 7 ? 0 : 1 })), false],
    ['only the longest life counts', samples(61, (i) => (i < 20 ? { life: 1, openFds: 4 } : { life: 2 })), true],
    ['too short to tell', samples(20, (i) => ({ openFds: 40 + 100 * i })), true],
    ['no sample at all', [], false],
    ['a value is missing', samples(61, () => ({ openFds: Number.NaN })), false],
    ['a counter is missing', samples(61, () => ({ missedTicks: Number.NaN })), false],
  ])('%s', (_, taken, isGood) => {
    expect(judgeSamples(taken).isGood).toBe(isGood);
  });

  it('says what it found', () => {
    const { lines } = judgeSamples(samples(61, (i) => ({ openFds: 40 + i })));
    expect(lines[0]).toBe('BAD   file descriptors: 51.0 to 91.0, at most 59.0');
    expect(lines[1]).toBe('good  heap: 30.0 to 30.0 MiB, at most 34.5');
  });
});

it('reads a sample from a page, what is absent as no number', () => {
  const page = new Map([
    ['process_open_fds', 30],
    ['nodejs_eventloop_lag_p99_seconds', 0.15],
  ]);
  const sample = readSample(page, { minutes: 2, life: 3, afterStall: false });
  expect([sample.minutes, sample.life, sample.openFds, sample.heapBytes]).toEqual([2, 3, 30, Number.NaN]);
  expect(sample.lagP99Seconds).toBeCloseTo(0.05);
});
