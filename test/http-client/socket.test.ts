import { expect, test } from 'vitest';
import { openSocket } from '../../src/http-client/socket.ts';
import { startTrace } from '../../src/http-client/trace.ts';
import { PLAIN_TLS } from '../helpers/prober-options.ts';
import { closedPort, startTcpServer, until } from '../helpers/servers.ts';

const OPTIONS = { tls: PLAIN_TLS, material: { ca: undefined, cert: undefined, key: undefined }, trace: startTrace() };

function open(port: number) {
  const calls: (Error | null)[] = [];
  const to = { hostname: '127.0.0.1', port: String(port), protocol: 'http:' };
  const socket = openSocket(to, OPTIONS, (...[error]) => {
    calls.push(error);
  });
  return { socket, calls };
}

test('calls back once when the socket is ready, and not for what happens later', async () => {
  const server = await startTcpServer();
  const { socket, calls } = open(server.port);
  await until(() => calls.length > 0);
  socket.on('error', () => {});
  socket.destroy(new Error('later'));
  await until(() => server.openCount() === 0);
  expect(calls).toEqual([null]);
});

test('calls back once with the error', async () => {
  const { socket, calls } = open(await closedPort());
  await until(() => socket.closed);
  expect(calls).toMatchObject([{ code: 'ECONNREFUSED' }]);
});
