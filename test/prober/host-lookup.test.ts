import { expect, test } from 'vitest';
import { createHostLookup, lookupWithin, usableAddresses } from '../../src/prober/host-lookup.ts';

test('the system finds localhost', async () => {
  const addresses = await createHostLookup()('localhost');
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.every((address) => ['127.0.0.1', '::1'].includes(address))).toBe(true);
});

test('the system does not find what cannot exist', async () => {
  // Where no resolver answers, the lookup's own limit comes first.
  await expect(lookupWithin(createHostLookup(), 1000)('nowhere.invalid')).rejects.toThrow(
    /ENOTFOUND|EAI_AGAIN|no answer within/,
  );
});

test('a lookup that takes too long is given up, and not asked again while it hangs', async () => {
  let asked = 0;
  const asker = createHostLookup(() => {
    asked += 1;
    return new Promise(() => {});
  });
  const lookup = lookupWithin(asker, 20);
  await expect(lookup('name.test')).rejects.toThrow('no answer within 0.02 s');
  await expect(lookup('name.test')).rejects.toThrow('no answer within 0.02 s');
  expect(asked).toBe(1);
});

test('a name is asked for once for all who ask at the same time, and again later', async () => {
  let asked = 0;
  const lookup = createHostLookup(async () => {
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
  const lookup = createHostLookup(() => {
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

test('names that hang leave a thread for the others', async () => {
  const asked: string[] = [];
  const lookup = createHostLookup((name) => {
    asked.push(name);
    return name.startsWith('dead') ? new Promise(() => {}) : Promise.resolve(['127.0.0.1']);
  });
  for (const name of ['dead1.test', 'dead2.test', 'dead3.test', 'dead4.test']) void lookup(name);
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual(['dead1.test', 'dead2.test', 'dead3.test']);
});

test('names that were slow take at most two threads at once', async () => {
  const asked: string[] = [];
  let isSlow = true;
  const lookup = createHostLookup(async (name) => {
    asked.push(name);
    if (isSlow && name.startsWith('slow')) await new Promise((resolve) => setTimeout(resolve, 1050));
    else if (name.startsWith('slow')) await new Promise(() => {});
    return ['127.0.0.1'];
  });
  const slow = ['slow1.test', 'slow2.test', 'slow3.test'];
  await Promise.all(slow.map(lookup));
  isSlow = false;
  for (const name of slow) void lookup(name);
  expect(await lookup('quick.test')).toEqual(['127.0.0.1']);
  expect(asked.slice(3).toSorted()).toEqual(['quick.test', 'slow1.test', 'slow2.test']);
});
