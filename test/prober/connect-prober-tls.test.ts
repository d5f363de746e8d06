import type { TlsOptions } from 'node:tls';
import { expect, test } from 'vitest';
import type { ConnectResult } from '../../src/domain/evidence.ts';
import { createConnectProber } from '../../src/prober/connect-prober.ts';
import { createLimiter } from '../../src/prober/limiter.ts';
import { CLOCK, LOOKUP, NEVER } from '../helpers/prober-options.ts';
import { certificate, closedPort, startTcpServer, startTlsServer, tlsFixture, until } from '../helpers/servers.ts';

async function connectTo(
  port: number,
  { host = '127.0.0.1', timeoutMs = 2000 } = {},
): Promise<ConnectResult | undefined> {
  const deps = { clock: CLOCK, limiter: createLimiter(10), lookup: LOOKUP, onInternalError: () => {} };
  const targets = [{ process: 'P', host, port, tls: true }];
  return (await createConnectProber({ timeoutMs }, deps).probe(targets, NEVER)).get('P');
}

test.each(['server', 'self-signed', 'wrong-name'])('a handshake is ok whoever signed: %s', async (name) => {
  const server = await startTlsServer(certificate(name));
  expect(await connectTo(server.port)).toMatchObject({ outcome: 'ok', detail: '' });
  await until(() => server.openCount() === 0);
});

test('tells when the certificate ends, even when it has', async () => {
  const server = await startTlsServer(certificate('expired'));
  expect(await connectTo(server.port)).toMatchObject({ outcome: 'ok', certNotAfterMs: Date.UTC(2021, 0, 1) });
});

test.each<[string, TlsOptions]>([
  ['TLS 1.3 alone', { minVersion: 'TLSv1.3' }],
  ['TLS 1.2 alone', { maxVersion: 'TLSv1.2' }],
  ['TLS 1.0 alone', { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' }],
])('understands a server with %s', async (_, options) => {
  const server = await startTlsServer({ ...certificate('server'), ...options });
  expect(await connectTo(server.port)).toMatchObject({ outcome: 'ok', certNotAfterMs: Date.UTC(2120, 0, 1) });
});

test.each<TlsOptions>([{ maxVersion: 'TLSv1.2' }, { minVersion: 'TLSv1.3' }])(
  'a server that demands a client certificate is alive: %o',
  async (options) => {
    const demand = { ca: tlsFixture('ca.pem'), requestCert: true, rejectUnauthorized: true };
    const server = await startTlsServer({ ...certificate('server'), ...demand, ...options });
    expect(await connectTo(server.port)).toMatchObject({ outcome: 'ok' });
  },
);

test('an alert is an answer', async () => {
  const server = await startTcpServer((socket) => {
    // Fatal, handshake_failure.
    socket.once('data', () => socket.end(Buffer.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28)));
  });
  expect(await connectTo(server.port)).toMatchObject({ outcome: 'ok', detail: '', certNotAfterMs: undefined });
});

test('asks for a name by name, and for an address without one', async () => {
  const names: string[] = [];
  const server = await startTlsServer({
    ...certificate('server'),
    SNICallback: (name, callback) => {
      names.push(name);
      callback(null);
    },
  });
  await connectTo(server.port, { host: 'localhost' });
  await connectTo(server.port);
  expect(names).toEqual(['localhost']);
});

test('plain text is a failure of TLS', async () => {
  const server = await startTcpServer((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  );
  expect(await connectTo(server.port)).toMatchObject({
    outcome: 'tls',
    hint: 'process-without-tls',
    detail: expect.stringContaining(
      'the port does not speak TLS, and the process is configured with it (TLS: wrong version number',
    ),
  });
});

test('a connection that is closed in the handshake is a reset', async () => {
  const server = await startTcpServer((socket) => socket.once('data', () => socket.end()));
  expect(await connectTo(server.port)).toMatchObject({ outcome: 'reset', hint: 'closed-in-handshake' });
});

test('a port where nobody listens is refused', async () => {
  expect(await connectTo(await closedPort())).toMatchObject({ outcome: 'refused' });
});

test('a handshake that hangs is a timeout and leaves no socket', async () => {
  const server = await startTcpServer();
  const result = await connectTo(server.port, { timeoutMs: 80 });
  expect(result).toMatchObject({
    outcome: 'timeout',
    hint: 'tls-timeout',
    detail: expect.stringMatching(/^127\.0\.0\.1:\d+ accepts, and no TLS handshake within 0\.08 s$/),
  });
  await until(() => server.openCount() === 0);
});

test('a handshake that dribbles does not move the deadline', async () => {
  const server = await startTcpServer((socket) => {
    // The head of a handshake record of 16,384 bytes, then one at a time.
    socket.write(Buffer.of(0x16, 0x03, 0x03, 0x40, 0x00));
    const timer = setInterval(() => socket.write('x'), 10);
    socket.on('close', () => clearInterval(timer)).resume();
  });
  const result = await connectTo(server.port, { timeoutMs: 80 });
  expect(result?.timing.durationMs).toBeLessThan(500);
  expect(result).toMatchObject({ outcome: 'timeout' });
});
