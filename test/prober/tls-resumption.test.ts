import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { endpoint, inline, NEVER, PLAIN_HTTP, PLAIN_TLS, ROWS, startProber } from '../helpers/prober-options.ts';
import { certificate, listen, tlsFixture } from '../helpers/servers.ts';

const HTTP = { ...PLAIN_HTTP, tls: { ...PLAIN_TLS, ca: inline(tlsFixture('ca.pem')) } };

/** An HTTPS server of the fixtures, and whether each of its handshakes resumed a session. */
async function startServer(options: { readonly maxVersion?: 'TLSv1.2' } = {}) {
  const resumed: boolean[] = [];
  const server = createServer({ ...certificate('server'), ...options }, (_request, response) => response.end(ROWS));
  server.on('secureConnection', (socket: TLSSocket) => resumed.push(socket.isSessionReused()));
  const { port } = await listen(server);
  return { server, port, resumed, url: `https://localhost:${port}/` };
}

/** A wall clock that the test sets. */
function movingClock() {
  const clock = { offsetMs: 0, monotonicMs: () => performance.now(), wallMs: () => Date.now() + clock.offsetMs };
  return clock;
}

test.each([{}, { maxVersion: 'TLSv1.2' as const }])(
  'resumes the session of the probe before, with %o',
  async (options) => {
    const { url, resumed } = await startServer(options);
    const { prober } = startProber(endpoint(url, { http: HTTP }));
    for (let round = 0; round < 3; round += 1) expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
    expect(resumed).toEqual([false, true, true]);
  },
);

test('makes a full handshake after ten minutes, and when the clock goes backwards', async () => {
  const { url, resumed } = await startServer();
  const clock = movingClock();
  const { prober } = startProber(endpoint(url, { http: HTTP }), { clock });
  for (const offsetMs of [0, 599_000, 601_000, 0]) {
    clock.offsetMs = offsetMs;
    expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  }
  expect(resumed).toEqual([false, true, false, false]);
});

test('offers no session whose certificates have ended', async () => {
  const { url, resumed } = await startServer();
  const clock = movingClock();
  const { prober } = startProber(endpoint(url, { http: HTTP }), { clock });
  await prober.probe(NEVER);
  clock.offsetMs = 1000 * 365 * 86_400_000;
  await prober.probe(NEVER);
  expect(resumed).toEqual([false, false]);
});

test('a server that has another certificate now is verified by it', async () => {
  const { server, url } = await startServer();
  const { prober } = startProber(endpoint(url, { http: HTTP }));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  server.setSecureContext(certificate('self-signed'));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'failed', reason: 'tls' });
});
