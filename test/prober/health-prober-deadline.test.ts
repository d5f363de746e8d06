import { expect, test } from 'vitest';
import { endpoint, healthUrl, NEVER, probeOnce, ROWS, startProber } from '../helpers/prober-options.ts';
import { startHttpServer, startTcpServer, until } from '../helpers/servers.ts';

const TIMEOUT_MS = 80;

test.each([
  ['no header', ''],
  ['a hint that comes before the answer', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'],
  ['half the headers', 'HTTP/1.1 200 OK\r\ncontent-'],
  ['half the body', 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n[{'],
])('a server that hangs after %s is a timeout', async (_, sent) => {
  const server = await startTcpServer((socket) => socket.once('data', () => socket.write(sent)));
  const url = healthUrl(server);
  const result = await probeOnce(endpoint(url, { timeoutMs: TIMEOUT_MS }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'timeout' });
  expect(result).toHaveProperty('detail', expect.stringContaining('no complete answer within 0.08 s'));
  expect(result.timing.durationMs).toBeGreaterThanOrEqual(TIMEOUT_MS - 2);
  expect(result.timing.durationMs).toBeLessThan(TIMEOUT_MS + 500);
  await until(() => server.openCount() === 0);
});

test('a body that dribbles does not move the deadline', async () => {
  const server = await startHttpServer((_, response) => {
    response.write('[');
    const timer = setInterval(() => response.write(' '), 10);
    response.on('close', () => clearInterval(timer));
  });
  const result = await probeOnce(endpoint(healthUrl(server), { timeoutMs: TIMEOUT_MS }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'timeout', statusCode: 200 });
  expect(result.timing.durationMs).toBeLessThan(TIMEOUT_MS + 500);
});

test('a code other than 200 and 503 counts although its body hangs', async () => {
  const server = await startTcpServer((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 500 Oops\r\ncontent-length: 1000\r\n\r\n'));
  });
  const result = await probeOnce(endpoint(healthUrl(server), { timeoutMs: TIMEOUT_MS }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'http_status', statusCode: 500 });
});

test('a TLS handshake that hangs is a timeout and leaves no socket', async () => {
  const server = await startTcpServer();
  const result = await probeOnce(endpoint(healthUrl(server, 'https'), { timeoutMs: TIMEOUT_MS }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'timeout' });
  await until(() => server.openCount() === 0);
});

test('a stopped probe ends at once and leaves no socket', async () => {
  const server = await startTcpServer();
  const stopping = new AbortController();
  const { prober } = startProber(endpoint(healthUrl(server), { timeoutMs: 60_000 }));
  const probe = prober.probe(stopping.signal);
  await until(() => server.accepted.length === 1);
  stopping.abort();
  expect(await probe).toMatchObject({ kind: 'failed', reason: 'timeout' });
  await until(() => server.openCount() === 0);
});

test('a probe that is stopped before it starts connects to nobody', async () => {
  const server = await startHttpServer((_, response) => response.end(ROWS));
  const { prober } = startProber(endpoint(healthUrl(server)));
  expect(await prober.probe(AbortSignal.abort())).toMatchObject({ kind: 'failed' });
  expect(server.accepted).toHaveLength(0);
});

test('leaves no listener on the signal that may stop it', async () => {
  const server = await startHttpServer((_, response) => response.end(ROWS));
  const { prober } = startProber(endpoint(healthUrl(server)));
  const warnings: Error[] = [];
  const warn = (warning: Error): number => warnings.push(warning);
  process.on('warning', warn);
  const { signal } = new AbortController();
  for (let round = 0; round < 15; round += 1) await prober.probe(signal);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', warn);
  expect(warnings).toEqual([]);
});

test('after a timeout the next probe starts with a fresh connection', async () => {
  let requests = 0;
  const server = await startHttpServer((_, response) => {
    requests += 1;
    if (requests > 1) response.end(ROWS);
  });
  const { prober } = startProber(endpoint(healthUrl(server), { timeoutMs: TIMEOUT_MS }));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'failed', reason: 'timeout' });
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  expect(server.accepted).toHaveLength(2);
});

test('two probes at once do not disturb one another', async () => {
  let requests = 0;
  const server = await startHttpServer((_, response) => {
    requests += 1;
    if (requests > 1) response.end(ROWS);
  });
  const { prober } = startProber(endpoint(healthUrl(server), { timeoutMs: 300 }));
  const hung = prober.probe(NEVER);
  await until(() => requests === 1);
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  expect(await hung).toMatchObject({ kind: 'failed', reason: 'timeout' });
});
