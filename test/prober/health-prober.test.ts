import { expect, test } from 'vitest';
import { endpoint, healthUrl, probeOnce, ROWS } from '../helpers/prober-options.ts';
import { closedPort, startHttpServer, startTcpServer } from '../helpers/servers.ts';

test.each([200, 503])('reads the body of a %d', async (code) => {
  const server = await startHttpServer((_, response) => response.writeHead(code).end(ROWS));
  const result = await probeOnce(endpoint(healthUrl(server)));
  expect(result).toMatchObject({ kind: 'good', statusCode: code, report: { rejectedRows: 0 } });
  expect(result.kind === 'good' && result.report.processes.map(({ name }) => name)).toEqual([
    'GENESIS_ROUTER',
    'GENESIS_CLUSTER',
  ]);
});

test('says when it was sent and how long it took', async () => {
  const server = await startHttpServer((_, response) => setTimeout(() => response.end(ROWS), 30));
  const before = { monotonic: performance.now(), wall: Date.now() };
  const { timing } = await probeOnce(endpoint(healthUrl(server)));
  expect(timing.startedMs).toBeGreaterThanOrEqual(before.monotonic);
  expect(timing.startedMs).toBeLessThan(before.monotonic + 25);
  expect(timing.durationMs).toBeGreaterThanOrEqual(25);
  expect(timing.finishedAtMs).toBeGreaterThanOrEqual(before.wall + 25);
});

test('asks for JSON, says who it is, and sends path and query', async () => {
  let seen: unknown;
  const server = await startHttpServer(({ method, url, headers }, response) => {
    seen = { method, url, accept: headers.accept, agent: headers['user-agent'], host: headers.host };
    response.end(ROWS);
  });
  await probeOnce(endpoint(`${healthUrl(server)}?deep=1`));
  const host = `127.0.0.1:${server.port}`;
  expect(seen).toEqual({
    method: 'GET',
    url: '/health/status?deep=1',
    accept: 'application/json',
    agent: 'genesis-exporter/1.2.3',
    host,
  });
});

test.each([
  [204, 'answered 204: Genesis answers 200 or 503'],
  [301, 'answered 301: a redirect to /elsewhere; redirects are not followed'],
  [304, 'answered 304: Genesis answers 200 or 503'],
  [401, 'answered 401: it wants credentials'],
  [404, 'answered 404: it has no such path'],
  [500, 'answered 500: the server failed'],
])('a %d is a failure with that code', async (code, detail) => {
  let requests = 0;
  const server = await startHttpServer((_, response) => {
    requests += 1;
    response.writeHead(code, { location: '/elsewhere' }).end(code === 204 || code === 304 ? undefined : ROWS);
  });
  const url = healthUrl(server);
  const result = await probeOnce(endpoint(`${url}?token=secret`));
  expect(result).toMatchObject({ kind: 'failed', reason: 'http_status', statusCode: code });
  expect(result).toHaveProperty('detail', expect.stringContaining(`health endpoint ${url}: ${detail}`));
  expect(requests).toBe(1);
});

test.each([
  ['HTML', '<html>Service Unavailable</html>', 'bad_json'],
  ['nothing', '', 'bad_json'],
  ['an object', '{"status":"UP"}', 'bad_shape'],
  ['null', 'null', 'bad_shape'],
])('a 200 with %s is a failure', async (_, body, reason) => {
  const server = await startHttpServer((_request, response) => response.end(body));
  expect(await probeOnce(endpoint(healthUrl(server)))).toMatchObject({ kind: 'failed', reason, statusCode: 200 });
});

test('too many rows are a failure', async () => {
  const server = await startHttpServer((_, response) => response.end(ROWS));
  const result = await probeOnce(endpoint(healthUrl(server), { maxProcesses: 1 }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'too_many_processes' });
});

test('passes over a 103 that comes before the answer', async () => {
  const server = await startHttpServer((_, response) => {
    response.writeEarlyHints({ link: '</a.css>; rel=preload' });
    response.end(ROWS);
  });
  expect(await probeOnce(endpoint(healthUrl(server)))).toMatchObject({ kind: 'good', statusCode: 200 });
});

test('reads an answer of HTTP/1.0 that ends with the connection', async () => {
  const server = await startTcpServer((socket) =>
    socket.once('data', () => socket.end(`HTTP/1.0 200 OK\r\n\r\n${ROWS}`)),
  );
  expect(await probeOnce(endpoint(healthUrl(server)))).toMatchObject({ kind: 'good', statusCode: 200 });
});

test('a port where nobody listens is refused', async () => {
  const url = healthUrl({ port: await closedPort() });
  const result = await probeOnce(endpoint(url));
  expect(result).toMatchObject({ kind: 'failed', reason: 'refused', statusCode: undefined });
  const address = new URL(url).host;
  expect(result).toHaveProperty(
    'detail',
    `health endpoint ${url}: ${address} refuses connections: nothing listens there (connect ECONNREFUSED ${address})`,
  );
});

test('a name that does not exist is a failure of the lookup', async () => {
  const result = await probeOnce(endpoint('http://nowhere.invalid:4569/health/status', { timeoutMs: 1000 }));
  // Where no resolver answers at all, the deadline comes first.
  expect(result).toHaveProperty('reason', expect.stringMatching(/^(dns|timeout)$/));
});

test.each([
  ['nothing', ''],
  ['half a status line', 'HTTP/1.1 2'],
  ['half a body', `HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n${ROWS}`],
])('a connection that is closed after %s is a reset', async (_, sent) => {
  const server = await startTcpServer((socket) => socket.once('data', () => socket.end(sent)));
  expect(await probeOnce(endpoint(healthUrl(server)))).toMatchObject({ kind: 'failed', reason: 'reset' });
  expect(server.accepted).toHaveLength(1);
});

test('a connection that is reset is a reset', async () => {
  const server = await startTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  expect(await probeOnce(endpoint(healthUrl(server)))).toMatchObject({ kind: 'failed', reason: 'reset' });
});

test('another protocol is a failure of another kind', async () => {
  const server = await startTcpServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n')));
  expect(await probeOnce(endpoint(healthUrl(server)))).toMatchObject({
    kind: 'failed',
    reason: 'other',
    statusCode: undefined,
  });
});

test('reads an endpoint on IPv6', async () => {
  const server = await startTcpServer(
    (socket) => {
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${ROWS}`));
    },
    { host: '::1' },
  ).catch(() => undefined);
  if (server === undefined) return;
  expect(await probeOnce(endpoint(`http://[::1]:${server.port}/health/status`))).toMatchObject({ kind: 'good' });
});
