import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { ConnectTarget } from '../../src/domain/view.ts';
import { createConnectProber } from '../../src/prober/connect-prober.ts';
import { createLimiter } from '../../src/prober/limiter.ts';
import { CLOCK, LOOKUP, NEVER } from '../helpers/prober-options.ts';
import { closedPort, startTcpServer, until } from '../helpers/servers.ts';

function target(port: number, changes: Partial<ConnectTarget> = {}): ConnectTarget {
  return { process: `P${port}`, host: '127.0.0.1', port, tls: false, ...changes };
}

function startConnectProber({ timeoutMs = 2000, slots = 256 } = {}) {
  const internalErrors: unknown[] = [];
  const onInternalError = (error: unknown): number => internalErrors.push(error);
  const deps = { clock: CLOCK, limiter: createLimiter(slots), lookup: LOOKUP, onInternalError };
  return { prober: createConnectProber({ timeoutMs }, deps), internalErrors };
}

/** How often each event of a server's socket came. */
function noteEvents(socket: Socket): string[] {
  const events: string[] = [];
  for (const event of ['data', 'end', 'error']) socket.on(event, () => events.push(event));
  socket.resume();
  return events;
}

function countSocketsAndTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap' || name === 'Timeout').length;
}

// First, while there are no leftovers of other tests to be counted.
test('many sweeps leave neither sockets nor timers nor listeners behind', async () => {
  const server = await startTcpServer();
  const closed = await closedPort();
  const { prober } = startConnectProber({ timeoutMs: 60_000 });
  const before = countSocketsAndTimers();
  const warnings: Error[] = [];
  const warn = (warning: Error): number => warnings.push(warning);
  process.on('warning', warn);
  const { signal } = new AbortController();
  for (let round = 0; round < 15; round += 1) await prober.probe([target(server.port), target(closed)], signal);
  await until(() => server.openCount() === 0 && countSocketsAndTimers() <= before);
  process.off('warning', warn);
  expect(server.accepted).toHaveLength(15);
  expect(warnings).toEqual([]);
});

test('a port that accepts is ok, and one that does not is refused', async () => {
  const server = await startTcpServer();
  const closed = await closedPort();
  const { prober, internalErrors } = startConnectProber();
  const results = await prober.probe([target(server.port), target(closed)], NEVER);
  expect(results.get(`P${server.port}`)).toMatchObject({ outcome: 'ok', detail: '', port: server.port });
  expect(results.get(`P${closed}`)).toMatchObject({
    host: '127.0.0.1',
    port: closed,
    outcome: 'refused',
    detail: `127.0.0.1:${closed} refuses connections: nothing listens there (connect ECONNREFUSED 127.0.0.1:${closed})`,
    hint: 'connection-refused',
    certNotAfterMs: undefined,
  });
  expect(internalErrors).toEqual([]);
});

test('no targets are no results', async () => {
  expect(await startConnectProber().prober.probe([], NEVER)).toEqual(new Map());
});

test('sends nothing and closes with FIN', async () => {
  let events: string[] = [];
  const server = await startTcpServer((socket) => {
    events = noteEvents(socket);
  });
  await startConnectProber().prober.probe([target(server.port)], NEVER);
  await until(() => server.openCount() === 0);
  expect(events).toEqual(['end']);
  expect(server.accepted[0]?.bytesRead).toBe(0);
});

test('a peer that greets is still left with FIN, not with a reset', async () => {
  let events: string[] = [];
  const server = await startTcpServer((socket) => {
    socket.write('hello '.repeat(10_000));
    events = noteEvents(socket);
  });
  await startConnectProber().prober.probe([target(server.port)], NEVER);
  await until(() => server.openCount() === 0);
  expect(events).toEqual(['end']);
});

test('a slot is free as soon as the peer has closed too', async () => {
  const server = await startTcpServer((socket) => {
    socket.write('hello');
    socket.resume();
  });
  const targets = ['A', 'B', 'C', 'D'].map((process) => target(server.port, { process }));
  const before = performance.now();
  await startConnectProber({ slots: 1 }).prober.probe(targets, NEVER);
  expect(performance.now() - before).toBeLessThan(500);
  expect(server.accepted).toHaveLength(4);
});

test('a peer that resets what it has accepted is not refused', async () => {
  const server = await startTcpServer((socket) => socket.resetAndDestroy());
  const results = await startConnectProber().prober.probe([target(server.port)], NEVER);
  // Which of the two we see first is up to the kernel.
  expect(results.get(`P${server.port}`)).toHaveProperty('outcome', expect.stringMatching(/^(ok|reset)$/));
});

test('a peer that never closes is left after half a second', async () => {
  const server = await startTcpServer((socket) => socket.pause(), { allowHalfOpen: true });
  const limiter = createLimiter(1);
  const prober = createConnectProber(
    { timeoutMs: 2000 },
    { clock: CLOCK, limiter, lookup: LOOKUP, onInternalError: () => {} },
  );
  const results = await prober.probe([target(server.port)], NEVER);
  expect(results.get(`P${server.port}`)?.timing.durationMs).toBeLessThan(400);
  const before = performance.now();
  await new Promise<void>((resolve) => limiter.acquire(resolve));
  expect(performance.now() - before).toBeGreaterThan(300);
  expect(performance.now() - before).toBeLessThan(1500);
});

test('a peer that talks without end is left after half a second', async () => {
  const server = await startTcpServer(
    (socket) => {
      const timer = setInterval(() => socket.write('more'), 20);
      socket.on('close', () => clearInterval(timer)).resume();
    },
    { allowHalfOpen: true },
  );
  await startConnectProber().prober.probe([target(server.port)], NEVER);
  await until(() => server.openCount() === 0);
  expect(server.accepted).toHaveLength(1);
});

test('a slot is held until the connection is closed', async () => {
  let open = 0;
  let most = 0;
  const server = await startTcpServer(
    (socket) => {
      open += 1;
      most = Math.max(most, open);
      // Our side has given up by then or is closed by this.
      socket
        .resume()
        .on('end', () => setTimeout(() => socket.end(), 10))
        .on('close', () => {
          open -= 1;
        });
    },
    { allowHalfOpen: true },
  );
  const targets = Array.from({ length: 12 }, (_, number) => target(server.port, { process: `P${number}` }));
  const results = await startConnectProber({ slots: 3 }).prober.probe(targets, NEVER);
  expect([...results.values()].filter(({ outcome }) => outcome === 'ok')).toHaveLength(12);
  expect(most).toBeLessThanOrEqual(3);
});

test('waiting for a slot does not count into the timeout', async () => {
  const server = await startTcpServer(
    (socket) => {
      socket.resume().on('end', () => setTimeout(() => socket.end(), 60));
    },
    { allowHalfOpen: true },
  );
  const targets = Array.from({ length: 4 }, (_, number) => target(server.port, { process: `P${number}` }));
  const results = await startConnectProber({ slots: 1, timeoutMs: 100 }).prober.probe(targets, NEVER);
  expect([...results.values()].map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok', 'ok']);
  for (const { timing } of results.values()) expect(timing.durationMs).toBeLessThan(100);
});

test('a stopped sweep ends at once, with sockets and waiting given up', async () => {
  const server = await startTcpServer();
  const stopping = new AbortController();
  const limiter = createLimiter(1);
  const deps = { clock: CLOCK, limiter, lookup: LOOKUP, onInternalError: () => {} };
  const prober = createConnectProber({ timeoutMs: 60_000 }, deps);
  // A handshake that nobody answers.
  const targets = ['a', 'b', 'c'].map((process) => target(server.port, { process, tls: true }));
  const sweep = prober.probe(targets, stopping.signal);
  await until(() => server.accepted.length === 1);
  stopping.abort();
  expect(await sweep).toEqual(new Map());
  await until(() => server.openCount() === 0);
  await new Promise<void>((resolve) => limiter.acquire(resolve));
  expect(server.accepted).toHaveLength(1);
});

test('a sweep that is stopped before it starts connects to nobody', async () => {
  const server = await startTcpServer();
  expect(await startConnectProber().prober.probe([target(server.port)], AbortSignal.abort())).toEqual(new Map());
  expect(server.accepted).toHaveLength(0);
});
