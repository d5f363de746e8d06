import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SERVER_LIMITS } from '../../src/http/limits.ts';
import { createRequestGate } from '../../src/http/limits-gate.ts';
import { anApp, aPage, closeAppsAfterEach } from '../helpers/app.ts';
import { until } from '../helpers/servers.ts';

closeAppsAfterEach();

const SHORT_HEADERS = { ...SERVER_LIMITS, headersTimeoutMs: 60, checkIntervalMs: 20 };
const SHORT_REQUEST = { ...SERVER_LIMITS, headersTimeoutMs: 60, requestTimeoutMs: 120, checkIntervalMs: 20 };
const REAL_CLOCK = { monotonicMs: () => performance.now(), wallMs: () => 0 };

async function portOf(app: FastifyInstance): Promise<number> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

async function readToEnd(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

/** An app whose `/metrics` answers when it is told to. */
function aSlowApp(maxRequests: number) {
  const waiting: (() => void)[] = [];
  const gate = createRequestGate({ maxRequests, rateLimit: () => undefined, clock: REAL_CLOCK });
  const page = aPage('a 1\n');
  const metricsPage = () => new Promise<typeof page>((resolve) => void waiting.push(() => resolve(page)));
  return { ...anApp([], { gate, metricsPage }), waiting };
}

describe('--web.max-requests', () => {
  it('answers 503 as JSON to one more than so many at once, on /metrics and /probe alone', async () => {
    const { app, waiting } = aSlowApp(2);
    const answers = [app.inject('/metrics'), app.inject('/metrics')];
    await until(() => waiting.length === 2);
    for (const url of ['/metrics', '/probe?target=a']) {
      const refused = await app.inject(url);
      expect(refused.statusCode).toBe(503);
      expect(refused.json()).toEqual({ error: 'too many requests at once: limit of 2 reached' });
      expect(refused.headers['retry-after']).toBe('1');
    }
    for (const url of ['/', '/-/healthy', '/-/ready', '/config']) expect((await app.inject(url)).statusCode).toBe(200);
    for (const answer of waiting.splice(0)) answer();
    expect((await Promise.all(answers)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const next = app.inject('/metrics');
    await until(() => waiting.length === 1);
    waiting[0]?.();
    expect((await next).statusCode).toBe(200);
  });

  it('counts a request until its client has gone away, and only once', async () => {
    const waiting: (() => void)[] = [];
    const left: string[] = [];
    const gate = { enter: () => ({ kind: 'entered', leave: () => void left.push('left') }) as const };
    const { app } = anApp([], { gate, metricsPage: () => new Promise(() => void waiting.push(() => {})) });
    const socket = await open(await portOf(app));
    socket.write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n');
    await until(() => waiting.length === 1);
    expect(left).toEqual([]);
    // Not by an orderly end: who has closed only its own side still waits for its answer.
    socket.resetAndDestroy();
    await until(() => left.length > 0);
    expect(left).toEqual(['left']);
  });

  it('is not reached by requests that are answered with an error', async () => {
    const { app } = aSlowApp(1);
    for (let count = 0; count < 5; count += 1) expect((await app.inject('/probe?x=1')).statusCode).toBe(400);
    expect((await app.inject({ method: 'POST', url: '/metrics' })).statusCode).toBe(405);
  });
});

describe('rate_limit', () => {
  it('answers 429 as JSON beyond the burst, says when to come again, and counts /metrics and /probe alone', async () => {
    const rateLimit = () => ({ intervalMs: 90_000, burst: 2 });
    const gate = createRequestGate({ maxRequests: 0, rateLimit, clock: { monotonicMs: () => 0, wallMs: () => 0 } });
    const { app } = anApp([], { gate });
    for (const url of ['/', '/-/healthy', '/-/ready', '/nothing']) await app.inject(url);
    const codes = [];
    for (const url of ['/metrics', '/probe', '/metrics', '/probe']) codes.push((await app.inject(url)).statusCode);
    expect(codes).toEqual([200, 400, 429, 429]);
    const refused = await app.inject('/metrics');
    expect(refused.json()).toEqual({ error: 'too many requests: rate limit reached' });
    expect(refused.headers['retry-after']).toBe('90');
    expect((await app.inject('/-/healthy')).statusCode).toBe(200);
  });
});

describe('a server', () => {
  it('closes a connection that says nothing, and one whose headers or body never end', async () => {
    const { app } = anApp([], { isLifecycleEnabled: true }, SHORT_REQUEST);
    const port = await portOf(app);
    const starts = [
      '',
      'GET /metrics HTTP/1.1\r\nHost: a\r\nX-Slow: ',
      'POST /-/reload HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n',
    ];
    const answers = starts.map(async (start) => {
      const socket = await open(port);
      if (start !== '') socket.write(start);
      return readToEnd(socket);
    });
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
    expect(await answers[1]).toContain('{"error":"request timeout"}');
  });

  it('closes one whose headers come drop by drop', async () => {
    const { app } = anApp([], {}, SHORT_HEADERS);
    const socket = await open(await portOf(app));
    const startMs = performance.now();
    socket.write('GET /metrics HTTP/1.1\r\nHost: a\r\n');
    const drops = setInterval(() => socket.write('X-Drop: 1\r\n'), 10);
    onTestFinished(() => clearInterval(drops));
    socket.on('error', () => {});
    const answer = once(socket, 'data').then(String);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - startMs).toBeLessThan(SHORT_HEADERS.requestTimeoutMs / 2);
    await until(() => socket.destroyed || socket.readableEnded);
  });

  it.each(['/health/status', '/-/healthy'])('closes a connection that is idle after an answer of %s', async (path) => {
    const { app } = anApp([], {}, { ...SERVER_LIMITS, idleTimeoutMs: 100 });
    const socket = await open(await portOf(app));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 (200|503) /);
  });

  it('lets go of a client that does not read its answer', async () => {
    const left: string[] = [];
    const gate = { enter: () => ({ kind: 'entered', leave: () => void left.push('left') }) as const };
    const page = aPage('a 1\n'.repeat(5e6));
    const { app } = anApp([], { gate, metricsPage: async () => page }, { ...SERVER_LIMITS, idleTimeoutMs: 100 });
    const socket = await open(await portOf(app));
    socket.pause();
    socket.on('error', () => {});
    socket.write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n');
    await until(() => left.length > 0);
    expect(left).toEqual(['left']);
  });

  it('refuses headers that are too large with 431, and a body that is with 413', async () => {
    const { app } = anApp([], { isLifecycleEnabled: true }, { ...SERVER_LIMITS, maxHeaderBytes: 4096 });
    const port = await portOf(app);
    const url = `http://127.0.0.1:${port}`;
    const headers = { 'x-big': 'x'.repeat(5000) };
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(431);
    const body = 'x'.repeat(2000);
    expect((await fetch(`${url}/-/reload`, { method: 'POST', body })).status).toBe(413);
  });

  it('takes so many connections and drops the next', async () => {
    const { app } = anApp([], {}, { ...SERVER_LIMITS, maxConnections: 2 });
    const port = await portOf(app);
    const kept = [await open(port), await open(port)];
    const third = connect({ host: '127.0.0.1', port }).on('error', () => {});
    await once(third, 'close');
    kept[0]?.write('GET /-/healthy HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(await readToEnd(kept[0] ?? third)).toMatch(/^HTTP\/1\.1 200 /);
    for (const socket of kept) socket.destroy();
  });
});
