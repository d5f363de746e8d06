import { expect, test } from 'vitest';
import type { ConnectResult } from '../../src/domain/evidence.ts';
import { sweepConnects } from '../../src/prober/connect-sweep.ts';
import type { HostLookup } from '../../src/prober/host-lookup.ts';
import { createHostLookup } from '../../src/prober/host-lookup.ts';
import { createLimiter } from '../../src/prober/limiter.ts';
import { CLOCK, NEVER } from '../helpers/prober-options.ts';
import { closedPort, startTcpServer } from '../helpers/servers.ts';

/** A sweep of one port of a name that has these addresses. */
async function sweepName(port: number, lookup: HostLookup, timeoutMs = 2000) {
  const internalErrors: unknown[] = [];
  const onInternalError = (error: unknown): number => internalErrors.push(error);
  const targets = [{ process: 'P', host: 'name.test', port, tls: false }];
  const deps = { clock: CLOCK, limiter: createLimiter(10), lookup, onInternalError };
  const results = await sweepConnects({ targets, timeoutMs, signal: NEVER }, deps);
  return { result: results.get('P'), internalErrors };
}

function coded(code: string): Error {
  return Object.assign(new Error(`getaddrinfo ${code}`), { code });
}

/** An IPv4 address that no host may have: the connect fails at once. */
const NO_HOST = '255.255.255.255';

test.each<[string, readonly string[], ConnectResult['outcome']]>([
  ['the only address refuses', ['127.0.0.1'], 'refused'],
  ['every address refuses', ['127.0.0.1', '127.0.0.2'], 'refused'],
  ['the first refuses, the second is out of reach', ['127.0.0.1', NO_HOST], 'unreachable'],
  ['the first is out of reach, the second refuses', [NO_HOST, '127.0.0.1'], 'unreachable'],
])('when %s (%j): %s', async (_, addresses, outcome) => {
  const port = await closedPort();
  const { result } = await sweepName(port, async () => addresses);
  expect(result).toMatchObject({ host: 'name.test', port, outcome });
});

test.each<[string, readonly string[]]>([
  ['the first', ['127.0.0.1', '127.0.0.2']],
  ['the last', ['127.0.0.2', '127.0.0.1']],
])('a name is ok when %s of its addresses accepts', async (_, addresses) => {
  const server = await startTcpServer();
  const { result } = await sweepName(server.port, async () => addresses);
  expect(result).toMatchObject({ outcome: 'ok', detail: '' });
  expect(server.accepted).toHaveLength(1);
});

test.each(['ENOTFOUND', 'EAI_AGAIN', 'E_NEW'])('a lookup that fails with %s is a dns failure', async (code) => {
  const { result, internalErrors } = await sweepName(1, () => Promise.reject(coded(code)));
  expect(result).toMatchObject({ outcome: 'dns', detail: expect.stringContaining(code) });
  expect(internalErrors).toEqual([]);
});

test('a lookup for which we had no descriptor is our own failure, and no result', async () => {
  const error = coded('EMFILE');
  const { result, internalErrors } = await sweepName(1, () => Promise.reject(error));
  expect(result).toBeUndefined();
  expect(internalErrors).toEqual([error]);
});

test('the real resolver finds localhost', async () => {
  const addresses = await createHostLookup(2000)('localhost');
  expect(addresses.every((address) => ['127.0.0.1', '::1'].includes(address))).toBe(true);
  expect(addresses.length).toBeGreaterThan(0);
});

test('the real resolver does not find what cannot exist', async () => {
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
