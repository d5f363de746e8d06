import { expect, test } from 'vitest';
import type { ConnectResult } from '../../src/domain/evidence.ts';
import { sweepConnects } from '../../src/prober/connect-sweep.ts';
import type { HostLookup } from '../../src/prober/host-lookup.ts';
import { createLimiter } from '../../src/prober/limiter.ts';
import { createTolerantTls } from '../../src/prober/tolerant-tls.ts';
import { CLOCK, NEVER } from '../helpers/prober-options.ts';
import { certificate, closedPort, startTcpServer, startTlsServer } from '../helpers/servers.ts';

/** A sweep of one port of a name. */
async function sweepName(
  port: number,
  lookup: HostLookup,
  { timeoutMs = 2000, tls = false, signal = NEVER, limiter = createLimiter(10) } = {},
) {
  const internalErrors: unknown[] = [];
  const onInternalError = (error: unknown): number => internalErrors.push(error);
  const targets = [{ process: 'P', host: 'name.test', port, tls }];
  const deps = { clock: CLOCK, limiter, lookup, tolerantTls: createTolerantTls(), onInternalError };
  const results = await sweepConnects({ targets, timeoutMs, signal }, deps);
  return { result: results.get('P'), internalErrors };
}

function coded(code: string): Error {
  return Object.assign(new Error(`getaddrinfo ${code}`), { code });
}

/** An address that no host may have: the system refuses to connect to it. */
const NO_HOST = '255.255.255.255';

test.each<[ConnectResult['outcome'], string, readonly string[]]>([
  ['refused', 'its only address refuses', ['127.0.0.1']],
  ['refused', 'every address refuses', ['127.0.0.1', '127.0.0.1']],
  ['unreachable', 'one address refuses and the next cannot be reached', ['127.0.0.1', NO_HOST]],
  ['unreachable', 'one address cannot be reached and the next refuses', [NO_HOST, '127.0.0.1']],
])('a name is %s when %s', async (outcome, _, addresses) => {
  const port = await closedPort();
  const { result } = await sweepName(port, async () => addresses);
  expect(result).toMatchObject({ host: 'name.test', port, outcome });
});

test('a name is ok when the last of its addresses accepts', async () => {
  const server = await startTcpServer();
  const { result } = await sweepName(server.port, async () => [NO_HOST, NO_HOST, '127.0.0.1']);
  expect(result).toMatchObject({ outcome: 'ok', detail: '' });
});

test('asks no further address once one has accepted', async () => {
  const server = await startTcpServer();
  const limiter = createLimiter(1);
  await sweepName(server.port, async () => ['127.0.0.1', '127.0.0.1'], { limiter });
  await new Promise<void>((resolve) => limiter.acquire(resolve));
  expect(server.accepted).toHaveLength(1);
});

// Other systems have no second loopback address.
test.skipIf(process.platform !== 'linux')('an address that hangs leaves time for the next', async () => {
  const hanging = await startTcpServer();
  const second = { host: '127.0.0.2', port: hanging.port };
  await startTlsServer({ ...certificate('server'), ...second });
  const options = { timeoutMs: 600, tls: true };
  const { result } = await sweepName(second.port, async () => ['127.0.0.1', second.host], options);
  expect(result).toMatchObject({ outcome: 'ok' });
  expect(result?.timing.durationMs).toBeLessThan(600);
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

test.each<[string, HostLookup]>([
  ['with an address', async () => ['127.0.0.1']],
  ['without', () => Promise.reject(coded('EMFILE'))],
])('a lookup that ends %s when the sweep was stopped changes nothing', async (_, lookup) => {
  const server = await startTcpServer();
  const stopping = new AbortController();
  const limiter = createLimiter(1);
  const sweep = sweepName(server.port, lookup, { signal: stopping.signal, limiter });
  stopping.abort();
  const outcome = await sweep;
  await new Promise((resolve) => setImmediate(resolve));
  expect(outcome).toEqual({ result: undefined, internalErrors: [] });
  // The slot was never taken.
  let isFree = false;
  limiter.acquire(() => {
    isFree = true;
  });
  expect(isFree).toBe(true);
});
