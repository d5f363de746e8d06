import type { TlsOptions } from 'node:tls';
import { expect, test } from 'vitest';
import type { HealthEndpoint, TlsClientOptions } from '../../src/config/settings.ts';
import { endpoint, healthUrl, inline, PLAIN_HTTP, PLAIN_TLS, probeOnce, ROWS } from '../helpers/prober-options.ts';
import { certificate, startHttpServer, startHttpsServer, type TestServer, tlsFixture } from '../helpers/servers.ts';

const CA = inline(tlsFixture('ca.pem'));

function serve(options: TlsOptions): Promise<TestServer> {
  return startHttpsServer(options, (_, response) => response.end(ROWS));
}

function secureEndpoint(url: string, tls: Partial<TlsClientOptions>): HealthEndpoint {
  return endpoint(url, { http: { ...PLAIN_HTTP, tls: { ...PLAIN_TLS, ...tls } } });
}

test.each([
  ['an address', '127.0.0.1'],
  ['a name', 'localhost'],
])('trusts its own authority for %s', async (_, host) => {
  const server = await serve(certificate('server'));
  const url = `https://${host}:${server.port}/health/status`;
  expect(await probeOnce(secureEndpoint(url, { ca: CA }))).toMatchObject({ kind: 'good', statusCode: 200 });
});

test.each([
  ['an unknown authority', 'server', {}, 'certificate'],
  ['nobody else', 'self-signed', {}, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['its authority for another name', 'wrong-name', { ca: CA }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['its authority until some time ago', 'expired', { ca: CA }, 'CERT_HAS_EXPIRED'],
])('does not trust a certificate signed by %s, unless told so', async (_, name, tls, detail) => {
  const server = await serve(certificate(name));
  const url = healthUrl(server, 'https');
  const refused = await probeOnce(secureEndpoint(url, tls));
  expect(refused).toMatchObject({ kind: 'failed', reason: 'tls', statusCode: undefined });
  expect(refused).toHaveProperty('detail', expect.stringContaining(detail));
  expect(await probeOnce(secureEndpoint(url, { ...tls, insecureSkipVerify: true }))).toMatchObject({ kind: 'good' });
});

test('asks for the server name it is given and checks the certificate against it', async () => {
  let servername: unknown;
  const server = await serve({
    ...certificate('wrong-name'),
    SNICallback: (name, callback) => {
      servername = name;
      callback(null);
    },
  });
  const result = await probeOnce(secureEndpoint(healthUrl(server, 'https'), { ca: CA, serverName: 'other.example' }));
  expect(result).toMatchObject({ kind: 'good' });
  expect(servername).toBe('other.example');
});

test('shows its own certificate where one is demanded', async () => {
  const server = await serve({
    ...certificate('server'),
    ca: tlsFixture('ca.pem'),
    requestCert: true,
    rejectUnauthorized: true,
  });
  const url = healthUrl(server, 'https');
  const { cert, key } = certificate('client');
  const own = { ca: CA, cert: inline(cert), key: inline(key) };
  expect(await probeOnce(secureEndpoint(url, own))).toMatchObject({ kind: 'good' });
  expect(await probeOnce(secureEndpoint(url, { ca: CA }))).toMatchObject({ kind: 'failed', statusCode: undefined });
});

test('keeps to the versions it is given', async () => {
  const old = healthUrl(await serve({ ...certificate('server'), maxVersion: 'TLSv1.2' }), 'https');
  const modern = healthUrl(await serve({ ...certificate('server'), minVersion: 'TLSv1.3' }), 'https');
  expect(await probeOnce(secureEndpoint(old, { ca: CA, minVersion: 'TLSv1.3' }))).toMatchObject({ reason: 'tls' });
  expect(await probeOnce(secureEndpoint(old, { ca: CA, maxVersion: 'TLSv1.2' }))).toMatchObject({ kind: 'good' });
  expect(await probeOnce(secureEndpoint(modern, { ca: CA, maxVersion: 'TLSv1.2' }))).toMatchObject({ reason: 'tls' });
});

test('a certificate of its own that is no PEM is a failure, not a crash', async () => {
  const server = await serve(certificate('server'));
  const tls = { ca: CA, cert: inline('no certificate'), key: inline('no key') };
  expect(await probeOnce(secureEndpoint(healthUrl(server, 'https'), tls))).toMatchObject({ reason: 'tls' });
});

test('https to a plain server is a failure of TLS', async () => {
  const server = await startHttpServer((_, response) => response.end(ROWS));
  const result = await probeOnce(secureEndpoint(healthUrl(server, 'https'), { ca: CA }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'tls', statusCode: undefined });
  expect(result).toHaveProperty('detail', expect.stringContaining('wrong version number'));
});

test('http to a TLS server is no good answer', async () => {
  const server = await serve(certificate('server'));
  const result = await probeOnce(endpoint(healthUrl(server)));
  expect(result).toMatchObject({ kind: 'failed', statusCode: undefined });
  expect(result).toHaveProperty('reason', expect.stringMatching(/^(reset|other)$/));
});
