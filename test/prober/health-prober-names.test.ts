import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { HostLookup } from '../../src/prober/host-lookup.ts';
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
import {
  certificate,
  closedPort,
  listen,
  startHttpServer,
  startHttpsServer,
  startTcpServer,
  tlsFixture,
} from '../helpers/servers.ts';

// Linux has all of 127.0.0.0/8; other systems have no second loopback address.
const hasLoopbackNet = process.platform === 'linux';

/** A health endpoint that says which machine it is, on one loopback address. */
async function startMachine(host: string, name: string, port = 0) {
  const rows = JSON.stringify([{ PROCESS_NAME: name, STATUS: 'UP', MESSAGE: '', PORT: 9000 }]);
  const server = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => response.end(rows));
  return listen(server, { host, port });
}

function namesOf(result: Awaited<ReturnType<typeof probeOnce>>): readonly string[] {
  return result.kind === 'good' ? result.report.processes.map(({ name }) => name) : [result.reason];
}

test.skipIf(!hasLoopbackNet)('a name that moves is followed at once, though the old machine still runs', async () => {
  const old = await startMachine('127.0.0.1', 'OLD');
  await startMachine('127.0.0.2', 'NEW', old.port);
  let address = '127.0.0.1';
  const { prober } = startProber(endpoint(`http://node.test:${old.port}/health/status`), {
    lookup: async () => [address],
  });
  const first = await prober.probe(NEVER);
  expect([namesOf(first), first.remoteAddress]).toEqual([['OLD'], '127.0.0.1']);
  address = '127.0.0.2';
  const second = await prober.probe(NEVER);
  expect([namesOf(second), second.remoteAddress]).toEqual([['NEW'], '127.0.0.2']);
});

test('a server that stops accepting fails the next probe, though its old connections live', async () => {
  const sockets: Socket[] = [];
  const server = await startTcpServer((socket) => {
    sockets.push(socket);
    socket.on('data', () => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${ROWS.length}\r\n\r\n${ROWS}`));
  });
  const { prober } = startProber(endpoint(healthUrl(server)));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  server.stopAccepting();
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'failed', reason: 'refused' });
});

test('each probe has a connection of its own, closed politely', async () => {
  const server = await startHttpServer((request, response) => {
    expect(request.headers.connection).toBe('close');
    response.end(ROWS);
  });
  const errors: unknown[] = [];
  const { prober } = startProber(endpoint(healthUrl(server)));
  for (let round = 0; round < 3; round += 1) {
    await prober.probe(NEVER);
    server.accepted.at(-1)?.on('error', (error) => errors.push(error));
  }
  expect(server.accepted).toHaveLength(3);
  await expect.poll(() => server.openCount()).toBe(0);
  expect(errors).toEqual([]);
});

test('a name that is gone is a dns failure, whatever was known before', async () => {
  const server = await startHttpServer((_, response) => response.end(ROWS));
  let isGone = false;
  const lookup: HostLookup = async (name) => {
    if (isGone) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
    return ['127.0.0.1'];
  };
  const { prober } = startProber(endpoint(`http://node.test:${server.port}/`), { lookup });
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  isGone = true;
  const result = await prober.probe(NEVER);
  expect(result).toMatchObject({ kind: 'failed', reason: 'dns' });
  expect(result).toHaveProperty('detail', expect.stringContaining('ENOTFOUND node.test'));
});

test('a resolver that hangs is a dns failure at the deadline', async () => {
  const result = await probeOnce(endpoint('http://node.test:1/', { timeoutMs: 100 }), {
    lookup: () => new Promise(() => {}),
  });
  expect(result).toMatchObject({ kind: 'failed', reason: 'dns', remoteAddress: undefined });
  expect(result).toHaveProperty(
    'detail',
    expect.stringContaining('the lookup of node.test failed: no answer within 0.1 s'),
  );
});

test.skipIf(!hasLoopbackNet)('of two addresses the one that refuses leaves the other to answer', async () => {
  const machine = await startMachine('127.0.0.1', 'ALIVE');
  const url = `http://node.test:${machine.port}/`;
  const result = await probeOnce(endpoint(url), { lookup: async () => ['127.0.0.2', '127.0.0.1'] });
  expect([namesOf(result), result.remoteAddress]).toEqual([['ALIVE'], '127.0.0.1']);
});

test.skipIf(!hasLoopbackNet)(
  'of two addresses the one that is silent leaves half of the time to the other',
  async () => {
    // A TLS handshake that is never answered is as silent as a host that drops packets.
    const silent = await startTcpServer();
    const { port } = silent;
    await listen(
      createSecureServer(certificate('server'), (_request, response) => response.end(ROWS)),
      { host: '127.0.0.2', port },
    );
    const http = { ...PLAIN_HTTP, tls: { ...PLAIN_TLS, insecureSkipVerify: true } };
    const url = `https://node.test:${port}/`;
    const result = await probeOnce(endpoint(url, { http, timeoutMs: 1000 }), {
      lookup: async () => ['127.0.0.1', '127.0.0.2'],
    });
    expect(result).toMatchObject({ kind: 'good', remoteAddress: '127.0.0.2' });
    expect(result.timing.durationMs).toBeGreaterThan(450);
  },
);

test('two hundred addresses that refuse are one refusal, within the deadline', async () => {
  const port = await closedPort();
  const addresses = Array.from({ length: 200 }, () => '127.0.0.1');
  const result = await probeOnce(endpoint(`http://node.test:${port}/`), { lookup: async () => addresses });
  expect(result).toMatchObject({ kind: 'failed', reason: 'refused' });
  expect(result.kind === 'failed' && result.detail.length).toBeLessThanOrEqual(400);
});

test('an address without a route is unreachable', async () => {
  const result = await probeOnce(endpoint('http://node.test:4569/'), { lookup: async () => ['255.255.255.255'] });
  expect(result).toMatchObject({ kind: 'failed', reason: 'unreachable', remoteAddress: '255.255.255.255' });
});

test('the connection goes to the address and asks for the host', async () => {
  const hosts: (string | undefined)[] = [];
  const { port } = await startHttpServer((request, response) => {
    hosts.push(request.headers.host);
    response.end(ROWS);
  });
  const url = `http://nowhere.invalid:${port}/health/status`;
  expect(await probeOnce(endpoint(url), { lookup: async () => ['127.0.0.1'] })).toMatchObject({ kind: 'good' });
  expect(hosts).toEqual([`nowhere.invalid:${port}`]);
});

test('a TLS connection checks the certificate for the host, not for the address', async () => {
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
      probeOnce(endpoint(`https://${host}:${port}/`, { http }), { lookup: async () => ['127.0.0.1'] }),
    ),
  );
  expect(good).toMatchObject({ kind: 'good' });
  expect(bad).toMatchObject({ kind: 'failed', reason: 'tls' });
  expect(names.toSorted()).toEqual(['localhost', 'nowhere.invalid']);
});
