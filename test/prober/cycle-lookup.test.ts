import { expect, test } from 'vitest';
import { createCycleLookup } from '../../src/prober/cycle-lookup.ts';

const INTERVAL_MS = 15_000;

/** Lookups of a node on a clock of the test's; each lookup gives an address that was not given before. */
function started() {
  const clock = { nowMs: 0, monotonicMs: () => clock.nowMs, wallMs: () => 0 };
  let count = 0;
  const lookup = async (): Promise<readonly string[]> => {
    count += 1;
    return [`10.0.0.${count}`];
  };
  return { clock, lookups: createCycleLookup(INTERVAL_MS, { lookup, clock }) };
}

test('the probes of one cycle use the same addresses, whichever begins', async () => {
  const { clock, lookups } = started();
  const { forHealth, forConnects } = lookups;
  expect([await forHealth('a.test'), await forConnects('a.test')]).toEqual([['10.0.0.1'], ['10.0.0.1']]);
  clock.nowMs = INTERVAL_MS;
  expect([await forConnects('a.test'), await forHealth('a.test')]).toEqual([['10.0.0.2'], ['10.0.0.2']]);
});

test('connect probes that come more often use the addresses of the latest health probe', async () => {
  const { clock, lookups } = started();
  await lookups.forHealth('a.test');
  clock.nowMs = 10_000;
  expect(await lookups.forConnects('a.test')).toEqual(['10.0.0.1']);
});

test('a health probe looks a name up anew in each cycle', async () => {
  const { clock, lookups } = started();
  await lookups.forHealth('a.test');
  clock.nowMs = 1000;
  expect(await lookups.forHealth('a.test')).toEqual(['10.0.0.2']);
});

test('names are looked up apart, and an address is its own answer', async () => {
  const { lookups } = started();
  expect(await lookups.forHealth('127.0.0.1')).toEqual(['127.0.0.1']);
  expect(await lookups.forHealth('::1')).toEqual(['::1']);
  expect([await lookups.forHealth('a.test'), await lookups.forConnects('b.test')]).toEqual([
    ['10.0.0.1'],
    ['10.0.0.2'],
  ]);
});

test('a lookup that failed fails the connect probes of its cycle too', async () => {
  const clock = { monotonicMs: () => 0, wallMs: () => 0 };
  const lookup = () => Promise.reject(new Error('ENOTFOUND'));
  const { forHealth, forConnects } = createCycleLookup(INTERVAL_MS, { lookup, clock });
  await expect(forHealth('a.test')).rejects.toThrow('ENOTFOUND');
  await expect(forConnects('a.test')).rejects.toThrow('ENOTFOUND');
});
