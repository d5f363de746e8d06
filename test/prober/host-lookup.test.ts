import { expect, test } from 'vitest';
import { createHostLookup, usableAddresses } from '../../src/prober/host-lookup.ts';

test('the system finds localhost', async () => {
  const addresses = await createHostLookup(2000)('localhost');
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.every((address) => ['127.0.0.1', '::1'].includes(address))).toBe(true);
});

test('the system does not find what cannot exist', async () => {
  // Where no resolver answers, the lookup's own limit comes first.
  await expect(createHostLookup(1000)('nowhere.invalid')).rejects.toThrow(/ENOTFOUND|EAI_AGAIN|took longer/);
});

test('a lookup that takes too long is given up, and not asked again while it hangs', async () => {
  let asked = 0;
  const lookup = createHostLookup(20, () => {
    asked += 1;
    return new Promise(() => {});
  });
  await expect(lookup('name.test')).rejects.toThrow('the lookup of name.test took longer than 0.02 s');
  await expect(lookup('name.test')).rejects.toThrow('took longer');
  expect(asked).toBe(1);
});

test('a name is asked for once for all who ask at the same time, and again later', async () => {
  let asked = 0;
  const lookup = createHostLookup(1000, async () => {
    asked += 1;
    return ['127.0.0.1'];
  });
  await Promise.all([lookup('name.test'), lookup('name.test'), lookup('name.test')]);
  expect(asked).toBe(1);
  await lookup('name.test');
  expect(asked).toBe(2);
});

test('a lookup that failed is asked again', async () => {
  let asked = 0;
  const lookup = createHostLookup(1000, () => {
    asked += 1;
    return Promise.reject(new Error('no'));
  });
  await expect(lookup('name.test')).rejects.toThrow('no');
  await expect(lookup('name.test')).rejects.toThrow('no');
  expect(asked).toBe(2);
});

test.each([
  ['all with IPv6', ['::1', '127.0.0.1'], true, ['::1', '127.0.0.1']],
  ['those of IPv4 without', ['::1', '127.0.0.1'], false, ['127.0.0.1']],
  ['those of IPv6 where there are no others', ['::1'], false, ['::1']],
  ['none of none', [], false, []],
])('of the addresses we use %s', (_, addresses, hasIPv6, usable) => {
  expect(usableAddresses(addresses, hasIPv6)).toEqual(usable);
});
