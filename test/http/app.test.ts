import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { acceptsGzip } from '../../src/http/content-negotiation.ts';
import { anApp, aPage, closeAppsAfterEach } from '../helpers/app.ts';
import { sampleView } from '../helpers/example-views.ts';

closeAppsAfterEach();

describe('GET /metrics', () => {
  it('answers the text exposition', async () => {
    const response = await anApp([]).app.inject('/metrics');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.body).toBe('a 1\n'.repeat(100));
  });

  it('sends a large page in chunks', async () => {
    const chunks = ['a 1\n', 'b 2\n', 'c 3\n'].map((text) => Buffer.from(text));
    const { app } = anApp([], { metricsPage: async () => ({ ...aPage(''), chunks: () => chunks }) });
    const { body, headers } = await app.inject('/metrics');
    expect(body).toBe('a 1\nb 2\nc 3\n');
    expect(headers).toMatchObject({
      'content-length': '12',
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    });
    const head = await app.inject({ url: '/metrics', method: 'HEAD' });
    expect([head.body, head.headers['content-length']]).toEqual(['', '12']);
  });

  it('compresses when asked to', async () => {
    const response = await anApp([]).app.inject({ url: '/metrics', headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(response.body).toBe('compressed');
  });

  it('is where --web.telemetry-path says', async () => {
    const { app } = anApp([], { telemetryPath: '/genesis' });
    expect((await app.inject('/genesis')).statusCode).toBe(200);
    expect((await app.inject('/metrics')).statusCode).toBe(404);
  });

  it.each([
    ['gzip', true],
    ['deflate, gzip;q=0.5', true],
    ['GZIP', true],
    ['gzip;q=0', false],
    ['gzip; q=0.000', false],
    ['br', false],
    ['xgzip', false],
    ['', false],
    [undefined, false],
  ])('takes Accept-Encoding %s as a wish for gzip: %s', (header, expected) => {
    expect(acceptsGzip(header)).toBe(expected);
  });
});

describe('the lifecycle', () => {
  it('is healthy while the heart beats, whatever Genesis does', async () => {
    for (const [ageMs, code] of [
      [0, 200],
      [30_000, 200],
      [30_001, 503],
    ] as const) {
      expect((await anApp([], { heartbeatAgeMs: () => ageMs }).app.inject('/-/healthy')).statusCode).toBe(code);
    }
  });

  it('is ready after the first probes, until shutdown begins', async () => {
    expect((await anApp([]).app.inject('/-/ready')).statusCode).toBe(200);
    expect((await anApp([], { isReady: () => false }).app.inject('/-/ready')).statusCode).toBe(503);
    const draining = await anApp([], { isDraining: () => true }).app.inject('/-/ready');
    expect(draining.statusCode).toBe(503);
    expect(draining.headers['connection']).toBe('close');
  });
});

describe('the pages for people', () => {
  it('are the links and the masked configuration', async () => {
    const { app } = anApp([sampleView()]);
    const landing = await app.inject('/');
    expect(landing.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const path of ['/health/status', '/metrics', '/config']) expect(landing.body).toContain(`href=".${path}"`);
    expect((await app.inject('/config')).body).toBe('nodes: []\n');
  });
});

describe('what is asked wrongly', () => {
  it('is 404 for an unknown path, with a body that says so', async () => {
    const response = await anApp([]).app.inject('/nothing?x=1');
    expect([response.statusCode, response.json()]).toEqual([404, { error: 'not found' }]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const)(
    'is 405 with Allow for %s on a path that is read',
    async (method) => {
      for (const url of ['/metrics', '/health/status?x=1', '/-/ready', '/']) {
        const response = await anApp([]).app.inject({ method, url });
        expect([response.statusCode, response.headers['allow']]).toEqual([405, 'GET, HEAD']);
      }
    },
  );

  it('is 405 before the body is looked at', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await anApp([]).app.inject({ method: 'POST', url: '/metrics', headers, payload: '{not json' });
    expect(response.statusCode).toBe(405);
  });

  it.each(['/metrics?name[]=x', '/metrics?format=prometheus', '/metrics?_=1&_=2', '/?_=1', '/?utm=%25'])(
    'ignores the query of %s',
    async (url) => {
      expect((await anApp([sampleView()]).app.inject(url)).statusCode).toBe(200);
    },
  );

  it.each(['/health/status?x=1', '/events?x', '/config?a=b', '/-/healthy?verbose=1'])(
    'is 400 for the query of %s',
    async (url) => {
      expect((await anApp([]).app.inject(url)).statusCode).toBe(400);
    },
  );

  it('is 400 as JSON for a malformed URL', async () => {
    const response = await anApp([]).app.inject('/%zz');
    expect([response.statusCode, response.json()]).toEqual([400, { error: 'malformed URL' }]);
  });

  it.each([
    ['what is not HTTP', 'hello\r\n\r\n', 'bad request'],
    ['a request without a Host', 'GET /-/healthy HTTP/1.1\r\nConnection: close\r\n\r\n', 'no Host header'],
  ])('is 400 as JSON for %s', async (_, sent, error) => {
    const answer = await answerTo(sent);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain(`\r\n\r\n{"error":"${error}"}`);
  });
});

/** All that an app answers to these bytes, after which the client has closed its side. */
async function answerTo(bytes: string, changes: Parameters<typeof anApp>[1] = {}): Promise<string> {
  const { app } = anApp([], changes);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const socket = connect({ host: '127.0.0.1', port: address.port });
  socket.end(bytes);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

describe('a client that has closed its own side', () => {
  it('gets its answer, also one that takes a while', async () => {
    const probe = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { kind: 'forbidden', error: 'no' } as const;
    };
    const answer = await answerTo('GET /probe?target=a HTTP/1.1\r\nHost: a\r\n\r\n', { probe });
    expect(answer).toMatch(/^HTTP\/1\.1 403 .*\{"error":"no"\}$/s);
  });

  it('needs no Host in HTTP/1.0', async () => {
    expect(await answerTo('GET /-/healthy HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('a bug of our own', () => {
  it('is 500 without internals, logged and counted', async () => {
    const { app, log, seen } = anApp([], {
      metricsPage: async () => {
        throw new Error('secret internals');
      },
    });
    const response = await app.inject('/metrics');
    expect([response.statusCode, response.json()]).toEqual([500, { error: 'internal error' }]);
    expect(seen.internalErrors).toBe(1);
    expect(log.lines).toMatchObject([{ level: 'error', message: 'request failed' }]);
  });
});

describe('every request', () => {
  it('is observed by its route, unmatched ones as other', async () => {
    const { app, requests } = anApp([sampleView()]);
    for (const url of ['/metrics', '/health/status?node=sample', '/nothing', '/-/ready?x=1']) await app.inject(url);
    await app.inject({ method: 'POST', url: '/metrics' });
    expect(requests).toEqual([
      ['/metrics', 200],
      ['/health/status', 200],
      ['other', 404],
      ['/-/ready', 400],
      ['other', 405],
    ]);
  });
});
