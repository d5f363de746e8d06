import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { HttpClientOptions, Secret } from '../../src/config/settings.ts';
import {
  endpoint,
  healthUrl,
  inline,
  NEVER,
  PLAIN_HTTP,
  PLAIN_TLS,
  probeOnce,
  ROWS,
  startProber,
} from '../helpers/prober-options.ts';
import { certificate, startHttpServer, startHttpsServer, tlsFixture } from '../helpers/servers.ts';

/** A file with this text, gone when the test has ended. */
async function secretFile(text: string): Promise<Secret & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'secret-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'secret');
  await writeFile(path, text);
  return { kind: 'file', path };
}

/** A server that notes one header of each request. */
async function startNotingServer(header: string) {
  const seen: unknown[] = [];
  const server = await startHttpServer(({ headers }, response) => {
    seen.push(headers[header]);
    response.end(ROWS);
  });
  return { url: healthUrl(server), seen, server };
}

function withHttp(url: string, http: Partial<HttpClientOptions>) {
  return endpoint(url, { http: { ...PLAIN_HTTP, ...http } });
}

test('sends a user and password, whatever letters they have', async () => {
  const { url, seen } = await startNotingServer('authorization');
  await probeOnce(withHttp(url, { basicAuth: { username: inline('jürgen'), password: inline('a:b') } }));
  expect(seen).toEqual([`Basic ${Buffer.from('jürgen:a:b').toString('base64')}`]);
});

test('sends other authorization', async () => {
  const { url, seen } = await startNotingServer('authorization');
  await probeOnce(withHttp(url, { authorization: { type: 'Bearer', credentials: inline('token') } }));
  expect(seen).toEqual(['Bearer token']);
});

test('sends every value of further headers', async () => {
  const { url, seen } = await startNotingServer('x-tenant');
  await probeOnce(withHttp(url, { headers: [{ name: 'X-Tenant', values: [inline('a'), inline('b')] }] }));
  expect(seen).toEqual(['a, b']);
});

test('reads a secret from its file anew for each probe, without its last line break', async () => {
  const { url, seen } = await startNotingServer('authorization');
  const credentials = await secretFile('first\n');
  const { prober } = startProber(withHttp(url, { authorization: { type: 'Bearer', credentials } }));
  await prober.probe(NEVER);
  await writeFile(credentials.path, 'second\r\n');
  await prober.probe(NEVER);
  expect(seen).toEqual(['Bearer first', 'Bearer second']);
});

test('a secret that cannot be read is a failure that names the file, and nothing is sent', async () => {
  const { url, seen } = await startNotingServer('authorization');
  const credentials: Secret = { kind: 'file', path: join(tmpdir(), 'no', 'such', 'file') };
  const result = await probeOnce(withHttp(url, { authorization: { type: 'Bearer', credentials } }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'other', statusCode: undefined });
  expect(result).toHaveProperty('detail', expect.stringContaining(`cannot read ${credentials.path}: ENOENT`));
  expect(seen).toEqual([]);
});

test('a secret that cannot be in a header is a failure that does not tell it', async () => {
  const { url, seen } = await startNotingServer('authorization');
  const authorization = { type: 'Bearer', credentials: inline('two\nlines') };
  const result = await probeOnce(withHttp(url, { authorization }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'other' });
  expect(JSON.stringify(result)).not.toContain('lines');
  expect(seen).toEqual([]);
});

test('an authority in a file that has changed is used with the next probe', async () => {
  const server = await startHttpsServer(certificate('server'), (_, response) => response.end(ROWS));
  const ca = await secretFile(tlsFixture('self-signed.pem'));
  const { prober } = startProber(withHttp(healthUrl(server, 'https'), { tls: { ...PLAIN_TLS, ca } }));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'failed', reason: 'tls' });
  await writeFile(ca.path, tlsFixture('ca.pem'));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  await writeFile(ca.path, tlsFixture('self-signed.pem'));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'failed', reason: 'tls' });
});
