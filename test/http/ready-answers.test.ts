import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import type { NodeView } from '../../src/domain/view.ts';
import type { HttpDeps, ReadyPage } from '../../src/http/deps.ts';
import { anApp, aPage, closeAppsAfterEach } from '../helpers/app.ts';
import { sampleView, troubledView } from '../helpers/example-views.ts';
import { webAccess } from '../helpers/web.ts';

closeAppsAfterEach();

const PAGE: ReadyPage = { ...aPage('a 1\n'), gzippedBody: () => Buffer.from('compressed') };

/** A listening app, and how many of its requests came to the routes. */
async function listening(views: readonly NodeView[], changes: Partial<HttpDeps> = {}) {
  const { app, requests } = anApp(views, { metricsPage: async () => PAGE, readyMetricsPage: () => PAGE, ...changes });
  const seen = { routed: 0 };
  app.addHook('onRequest', (_request, _reply, done) => {
    seen.routed += 1;
    done();
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url, seen, requests };
}

async function ask(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const request = get(url, { headers, method, agent: false });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response === undefined) throw new Error('no response');
  return { code: response.statusCode, headers: lasting(response.headers), body: await text(response) };
}

function aBug(): never {
  throw new Error('a bug');
}

/** Headers without those that tell of the connection, or of the moment. */
function lasting(all: IncomingHttpHeaders): object {
  const { date, connection, 'keep-alive': keepAlive, ...others } = all;
  return others;
}

describe('a ready answer', () => {
  it.each([
    ['/metrics', [sampleView()], {}],
    ['/metrics', [sampleView()], { 'accept-encoding': 'gzip' }],
    ['/metrics', [sampleView()], {}, { ...PAGE, chunks: () => [Buffer.from('a'), Buffer.from(' 1\n')] }],
    ['/metrics', [sampleView()], {}, { ...PAGE, chunks: () => [Buffer.from('größer als 1 €\n')] }],
    ['/metrics', [sampleView()], {}, { ...PAGE, chunks: () => [Buffer.from(`a 1\n${'# ü €\n'.repeat(2000)}`)] }],
    ['/health/status', [sampleView()], {}],
    ['/health/status', [sampleView(), troubledView()], {}],
    ['/health/status', [], {}],
  ])('of %s is what the route answers', async (path, views, headers, page: ReadyPage = PAGE) => {
    const changes = { readyMetricsPage: () => page, metricsPage: async () => page };
    const { app, url, seen, requests } = await listening(views, changes);
    const ready = await ask(url + path, headers);
    expect(seen.routed).toBe(0);
    const { statusCode, headers: routed, body } = await app.inject({ url: path, headers });
    expect(ready).toEqual({ code: statusCode, headers: lasting(routed as IncomingHttpHeaders), body });
    expect(requests).toEqual([
      [path, statusCode],
      [path, statusCode],
    ]);
  });

  it('is another as soon as anything has changed', async () => {
    let views = [sampleView()];
    let showsNode = false;
    const { url, seen } = await listening([], { views: () => views, showsNode: () => showsNode });
    const path = `${url}/health/status`;
    expect(await ask(path)).toMatchObject({ code: 200, body: expect.not.stringContaining('NODE') });
    showsNode = true;
    expect(await ask(path)).toMatchObject({ code: 200, body: expect.stringContaining('NODE') });
    views = [sampleView(), troubledView()];
    expect(await ask(path)).toMatchObject({ code: 503 });
    expect(seen.routed).toBe(0);
  });
});

describe('a large ready answer', () => {
  const large = Buffer.alloc(32 * 1024 * 1024, 'a');

  /** A client that has got the head of a large page and reads no further. */
  async function aSlowReader() {
    let left = 0;
    function leave(): void {
      left += 1;
    }
    const page: ReadyPage = { ...PAGE, chunks: () => [large.subarray(0, 1000), large.subarray(1000)] };
    const { url, requests } = await listening([sampleView()], {
      readyMetricsPage: () => page,
      gate: { enter: () => ({ kind: 'entered', leave }) },
    });
    const request = get(`${url}/metrics`, { agent: false });
    const [response]: IncomingMessage[] = await once(request, 'response');
    if (response === undefined) throw new Error('no response');
    return { response, requests, left: () => left };
  }

  it('is over when its last byte is out', async () => {
    const { response, requests, left } = await aSlowReader();
    expect([requests.length, left()]).toEqual([0, 0]);
    expect(await text(response)).toHaveLength(large.length);
    await vi.waitFor(() => expect([requests, left()]).toEqual([[['/metrics', 200]], 1]));
  });

  it('is over when its reader has gone', async () => {
    const { response, requests, left } = await aSlowReader();
    response.destroy();
    await vi.waitFor(() => expect([requests.length, left()]).toEqual([1, 1]));
  });
});

describe('the routes answer', () => {
  it.each([
    ['another method', '/metrics', 'HEAD', {}],
    ['a query', '/health/status?max_age=5s', 'GET', {}],
    ['another path', '/-/healthy', 'GET', {}],
    ['who may need a user', '/metrics', 'GET', { web: webAccess() }],
    ['the last requests', '/health/status', 'GET', { isDraining: () => true }],
    ['when the page has to be made first', '/metrics', 'GET', { readyMetricsPage: () => undefined }],
    ['when there is a bug', '/health/status', 'GET', { showsNode: aBug }],
    [
      'who is one too many',
      '/metrics',
      'GET',
      { gate: { enter: () => ({ kind: 'too_many', error: 'too many', retryAfterMs: 1 }) as const } },
    ],
  ] as const)('%s', async (_, path, method, changes) => {
    const { url, seen } = await listening([sampleView()], changes as Partial<HttpDeps>);
    await ask(url + path, {}, method);
    expect(seen.routed).toBe(1);
  });

  it('who asks for a compression that is still to be made, and later readers no more', async () => {
    let made: Buffer | undefined;
    const page = {
      ...PAGE,
      gzippedBody: () => made,
      gzipped: async () => {
        made = Buffer.from('compressed');
        return made;
      },
    };
    const { url, seen } = await listening([sampleView()], {
      metricsPage: async () => page,
      readyMetricsPage: () => page,
    });
    const answers = [1, 2].map(() => ask(`${url}/metrics`, { 'accept-encoding': 'gzip' }));
    await Promise.all(answers);
    await ask(`${url}/metrics`, { 'accept-encoding': 'gzip' });
    expect(seen.routed).toBeGreaterThan(0);
    expect(seen.routed).toBeLessThan(3);
  });
});
