import { lookup } from 'node:dns';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { pinnedLookup } from '../../src/http-client/pinned-lookup.ts';
import { endpoint, inline, PLAIN_HTTP, PLAIN_TLS, probeOnce, ROWS } from '../helpers/prober-options.ts';
import { certificate, closedPort, listen, startHttpServer, startHttpsServer, tlsFixture } from '../helpers/servers.ts';

/** What a lookup says, as Node.js' own does. */
function asked(find: typeof lookup | ReturnType<typeof pinnedLookup>, all: boolean): Promise<readonly unknown[]> {
  return new Promise((resolve) => {
    find('127.0.0.1', { all }, (...answer: readonly unknown[]) => resolve(answer));
  });
}

test('answers in the shape of the system lookup, whatever the name', async () => {
  for (const all of [true, false]) {
    expect(await asked(pinnedLookup(['127.0.0.1']), all)).toEqual(await asked(lookup, all));
  }
  expect(await asked(pinnedLookup(['10.0.0.5', '::1']), true)).toEqual([
    null,
    [
      { address: '10.0.0.5', family: 4 },
      { address: '::1', family: 6 },
    ],
  ]);
});

test('is an error when nothing is pinned', async () => {
  expect(await asked(pinnedLookup([]), true)).toMatchObject([{ message: 'no address is pinned for 127.0.0.1' }, '']);
});

test('a pinned connection goes to the address and asks for the host', async () => {
  const hosts: (string | undefined)[] = [];
  const { port } = await startHttpServer((request, response) => {
    hosts.push(request.headers.host);
    response.end(ROWS);
  });
  const url = `http://nowhere.invalid:${port}/health/status`;
  const result = await probeOnce(endpoint(url, { pinnedAddresses: ['127.0.0.1'] }));
  expect(result).toMatchObject({ kind: 'good' });
  expect(hosts).toEqual([`nowhere.invalid:${port}`]);
});

test('a pinned connection falls back to the next of its addresses', async () => {
  const { port } = await listen(
    createServer((_request, response) => response.end(ROWS)),
    { host: '127.0.0.1' },
  );
  const pinnedAddresses = ['127.0.0.2', '127.0.0.1'];
  const url = `http://nowhere.invalid:${port}/health/status`;
  expect(await probeOnce(endpoint(url, { pinnedAddresses }))).toMatchObject({ kind: 'good' });
  const dead = `http://nowhere.invalid:${await closedPort()}/`;
  expect(await probeOnce(endpoint(dead, { pinnedAddresses }))).toMatchObject({ kind: 'failed', reason: 'refused' });
});

test('a pinned TLS connection checks the certificate for the host, not for the address', async () => {
  const names: string[] = [];
  const secure = {
    ...certificate('server'),
    SNICallback: (name: string, callback: (error: null) => void) => {
      names.push(name);
      callback(null);
    },
  };
  const { port } = await startHttpsServer(secure, (_request, response) => response.end(ROWS));
  const http = { ...PLAIN_HTTP, tls: { ...PLAIN_TLS, ca: inline(tlsFixture('ca.pem')) } };
  const [good, bad] = await Promise.all(
    ['localhost', 'nowhere.invalid'].map((host) =>
      probeOnce(endpoint(`https://${host}:${port}/`, { http, pinnedAddresses: ['127.0.0.1'] })),
    ),
  );
  expect(good).toMatchObject({ kind: 'good' });
  expect(bad).toMatchObject({ kind: 'failed', reason: 'tls' });
  expect(names.toSorted()).toEqual(['localhost', 'nowhere.invalid']);
});
