import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { endpoint, healthUrl, NEVER, ROWS, startProber } from '../helpers/prober-options.ts';
import { startHttpServer, startTcpServer } from '../helpers/servers.ts';

const ANSWER = `HTTP/1.1 200 OK\r\ncontent-length: ${ROWS.length}\r\n\r\n${ROWS}`;

/** Does something for each request that comes in on a socket. */
function onRequest(socket: Socket, answer: (count: number) => void): void {
  let count = 0;
  socket.on('data', () => {
    count += 1;
    answer(count);
  });
}

test.each([200, 401, 503])('probes answered by %d share one connection', async (code) => {
  const server = await startHttpServer((_, response) => response.writeHead(code).end(ROWS));
  const { prober } = startProber(endpoint(healthUrl(server)));
  const codes: unknown[] = [];
  for (let round = 0; round < 3; round += 1) codes.push((await prober.probe(NEVER)).statusCode);
  expect(codes).toEqual([code, code, code]);
  expect(server.accepted).toHaveLength(1);
});

test.each([
  ['closes', (socket: Socket) => socket.end()],
  ['resets', (socket: Socket) => socket.resetAndDestroy()],
])('asks once more when the server %s the kept connection instead of answering', async (_, giveUp) => {
  const server = await startTcpServer((socket) => {
    onRequest(socket, (count) => (count === 1 ? socket.write(ANSWER) : giveUp(socket)));
  });
  const { prober } = startProber(endpoint(healthUrl(server)));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  expect(server.accepted).toHaveLength(2);
});

test('asks once more, not for ever', async () => {
  let sockets = 0;
  const server = await startTcpServer((socket) => {
    sockets += 1;
    const isFirst = sockets === 1;
    onRequest(socket, (count) => (isFirst && count === 1 ? socket.write(ANSWER) : socket.end()));
  });
  const { prober } = startProber(endpoint(healthUrl(server)));
  await prober.probe(NEVER);
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'failed', reason: 'reset' });
  expect(server.accepted).toHaveLength(2);
});

test('does not ask again when half an answer has come', async () => {
  const server = await startTcpServer((socket) => {
    onRequest(socket, (count) => {
      if (count === 1) socket.write(ANSWER);
      else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n[');
    });
  });
  const { prober } = startProber(endpoint(healthUrl(server)));
  await prober.probe(NEVER);
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'failed', reason: 'reset' });
  expect(server.accepted).toHaveLength(1);
});

test('asking once more does not move the deadline', async () => {
  let sockets = 0;
  const server = await startTcpServer((socket) => {
    sockets += 1;
    const isFirst = sockets === 1;
    onRequest(socket, (count) => {
      if (isFirst && count === 1) socket.write(ANSWER);
      else if (isFirst) setTimeout(() => socket.end(), 200);
    });
  });
  const { prober } = startProber(endpoint(healthUrl(server), { timeoutMs: 300 }));
  await prober.probe(NEVER);
  const result = await prober.probe(NEVER);
  expect(result).toMatchObject({ kind: 'failed', reason: 'timeout' });
  expect(server.accepted).toHaveLength(2);
  expect(result.timing.durationMs).toBeLessThan(450);
});

test('a server that closes every connection is asked on a new one each time', async () => {
  const server = await startHttpServer((_, response) => response.setHeader('connection', 'close').end(ROWS));
  const { prober } = startProber(endpoint(healthUrl(server)));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  expect(server.accepted).toHaveLength(2);
});
