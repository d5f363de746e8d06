import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpClientOptions, HttpSdOptions } from '../../src/config/settings.ts';
import { pollHttpSd } from '../../src/discovery/http-sd.ts';
import { inline, PLAIN_HTTP, PLAIN_TLS } from '../helpers/prober-options.ts';
import { certificate, closedPort, startHttpServer, startHttpsServer, tlsFixture, until } from '../helpers/servers.ts';
import { createRecorder, problemsIn } from './recorder.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

function answers(body: string, statusCode = 200, headers: Record<string, string> = JSON_TYPE): RequestListener {
  return (_, response) => response.writeHead(statusCode, headers).end(body);
}

/** Breaks off in the middle of the body. */
function answersHalf(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { ...JSON_TYPE, 'content-length': '9' });
  response.write('[', () => response.destroy());
}

function polling(url: string, changes: Partial<HttpSdOptions> = {}) {
  const recorder = createRecorder();
  const options = { source: 'http_sd/0', url, refreshIntervalMs: 60_000, http: PLAIN_HTTP, ...changes };
  const source = pollHttpSd(options, { ...recorder.deps, version: '1.2.3' });
  onTestFinished(() => source.close());
  return { ...recorder, source };
}

function urlOf({ port }: { readonly port: number }, scheme = 'http'): string {
  return `${scheme}://127.0.0.1:${port}/genesis`;
}

const GROUPS = '[{"targets":["a:1"],"labels":{"site":"london"}},{"targets":["b:1"]}]';

describe('a web source', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'is read as %s',
    async (type) => {
      const server = await startHttpServer(answers(GROUPS, 200, { 'content-type': type }));
      const { source, changes, refreshes } = polling(urlOf(server));
      await source.ready;
      expect(changes).toMatchObject([{ source: 'http_sd/0', addresses: ['a:1', 'b:1'] }]);
      expect(changes[0]?.targets[0]?.labels).toEqual(new Map([['site', 'london']]));
      expect(refreshes).toEqual([true]);
    },
  );

  it('is asked with the headers that Prometheus sends, and those configured', async () => {
    const requests: IncomingMessage[] = [];
    const server = await startHttpServer((request, response) => {
      requests.push(request);
      answers('[]')(request, response);
    });
    const http: HttpClientOptions = {
      ...PLAIN_HTTP,
      basicAuth: { username: inline('bob'), password: inline('pw') },
      headers: [{ name: 'X-Tenant', values: [inline('trading')] }],
    };
    const { source } = polling(`${urlOf(server)}?q=1`, { http, refreshIntervalMs: 1500 });
    await source.ready;
    expect(requests[0]?.url).toBe('/genesis?q=1');
    expect(requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'genesis-exporter/1.2.3',
      'x-prometheus-refresh-interval-seconds': '1.5',
      authorization: `Basic ${Buffer.from('bob:pw').toString('base64')}`,
      'x-tenant': 'trading',
    });
  });

  it('is asked in the interval, and told of when its targets have changed', async () => {
    let asked = 0;
    const server = await startHttpServer((request, response) => {
      asked += 1;
      answers(`[{"targets":["${asked < 2 ? 'a' : 'b'}:1"]}]`)(request, response);
    });
    const { changes, refreshes } = polling(urlOf(server), { refreshIntervalMs: 400 });
    await until(() => changes.length === 2);
    expect(changes.map(({ addresses }) => addresses)).toEqual([['a:1'], ['b:1']]);
    expect(refreshes.length).toBeGreaterThanOrEqual(2);
  });

  it('may speak TLS', async () => {
    const server = await startHttpsServer(certificate('server'), answers(GROUPS));
    const tls = { ...PLAIN_TLS, ca: inline(tlsFixture('ca.pem')) };
    const { source, last } = polling(urlOf(server, 'https'), { http: { ...PLAIN_HTTP, tls } });
    await source.ready;
    expect(last()).toEqual(['a:1', 'b:1']);
  });

  it('may be behind a proxy', async () => {
    const proxy = await startHttpServer((request, response) => {
      answers(`[{"targets":["${new URL(request.url ?? '').host}"]}]`)(request, response);
    });
    const rules = { forHttp: `http://127.0.0.1:${proxy.port}`, forHttps: undefined, exceptions: undefined };
    const http = { ...PLAIN_HTTP, proxy: rules };
    const { source, last } = polling('http://inventory.invalid:99/genesis', { http });
    await source.ready;
    expect(last()).toEqual(['inventory.invalid:99']);
  });
});

describe('a web source that fails', () => {
  it('keeps its last good list, is told of once, and once when it is right again', async () => {
    let answer = answers(GROUPS);
    const server = await startHttpServer((request, response) => answer(request, response));
    const { source, changes, refreshes, log } = polling(urlOf(server), { refreshIntervalMs: 400 });
    await source.ready;
    answer = answers('oh', 500);
    await until(() => refreshes.filter((isSuccess) => !isSuccess).length >= 2);
    expect(changes).toHaveLength(1);
    expect(problemsIn(log)).toEqual([
      [`${urlOf(server)}: answered 500, application/json: the server failed; the body begins "oh"`],
    ]);
    answer = answers(GROUPS);
    await until(() => refreshes.at(-1) === true);
    expect(changes).toHaveLength(1);
    expect(log.lines.map(({ message }) => message)).toEqual([
      'discovered targets changed',
      'discovery refresh failed',
      'discovery refresh succeeded again',
    ]);
  });

  it.each<[string, RequestListener, string]>([
    [
      'another status',
      answers(GROUPS, 201),
      'answered 201, application/json: expected status 200; the body begins "[{',
    ],
    ['unhealthy', answers(GROUPS, 503), 'answered 503, application/json: the server failed'],
    [
      'elsewhere',
      answers('', 302, { location: '/more' }),
      'answered 302: a redirect to /more; redirects are not followed',
    ],
    [
      'without a type',
      answers(GROUPS, 200, {}),
      'answered 200, no Content-Type, 68 bytes: expected the content type application/json',
    ],
    [
      'a page',
      answers('<html><title>Log in</title>', 200, { 'content-type': 'text/html' }),
      'answered 200, text/html, 27 bytes: an HTML page that looks like a login page; let the exporter pass or give it credentials; it begins "<html><title>Log in</title>"',
    ],
    [
      "a proxy's page",
      answers('<h1>502 Bad Gateway</h1>', 200, { 'content-type': 'text/html' }),
      "an HTML page that looks like a proxy's error page, not the discovery service's own answer",
    ],
    ['an object', answers('{"targets":["a:1"]}'), 'one JSON object with the keys targets; target groups are an array'],
    ['JSON that is cut short', answers(GROUPS.slice(0, -9)), 'JSON that is cut short; it begins "[{"targets"'],
    ['no such path', answers('', 404), 'it has no such path; is it the path of the target groups?'],
    [
      'of another JSON',
      answers(GROUPS, 200, { 'content-type': 'application/json-seq' }),
      'answered 200, application/json-seq, 68 bytes: expected the content type application/json; it begins',
    ],
    [
      'no JSON',
      answers('- targets: []'),
      'answered 200, application/json, 13 bytes: not valid JSON; it begins "- targets: []"',
    ],
    ['nothing', answers(''), 'answered 200, application/json, 0 bytes: the body is empty'],
    ['null', answers('null'), 'one JSON null; target groups are an array; it begins "null"'],
    ['an unknown key', answers('[{"target":[]}]'), '[0].target: unknown key; did you mean targets?'],
    ['too much', answers(' '.repeat(8 * 1024 ** 2 + 1)), 'expected at most 8MiB'],
    ['too much of an error', answers(' '.repeat(100_000), 404), 'answered 404, application/json: it has no such path'],
    ['half an answer', answersHalf, 'Response body length does not match content-length header'],
  ])('answers %s', async (_, listener, problem) => {
    const server = await startHttpServer(listener);
    const { source, changes, refreshes, log } = polling(`${urlOf(server)}?token=hunter2`);
    await source.ready;
    expect(changes).toEqual([]);
    expect(refreshes).toEqual([false]);
    expect(problemsIn(log)).toEqual([[expect.stringContaining(problem)]]);
    expect(problemsIn(log)).toEqual([[expect.stringContaining(`${urlOf(server)}: `)]]);
    expect(JSON.stringify(log.lines)).not.toContain('hunter2');
  });

  it('is not there', async () => {
    const { source, log } = polling(urlOf({ port: await closedPort() }));
    await source.ready;
    expect(problemsIn(log)).toEqual([
      [expect.stringContaining('refuses connections: nothing listens there (connect ECONNREFUSED')],
    ]);
    expect(log.lines[0]?.data).toMatchObject({ hints: ['connection-refused'] });
  });

  it('has a certificate that nobody trusts, or is asked with one that is none', async () => {
    const server = await startHttpsServer(certificate('server'), answers(GROUPS));
    const tls = { ...PLAIN_TLS, cert: inline('no PEM'), key: inline('no PEM') };
    const sources = [
      polling(urlOf(server, 'https')),
      polling(urlOf(server, 'https'), { http: { ...PLAIN_HTTP, tls } }),
    ];
    for (const { source, refreshes } of sources) {
      await source.ready;
      expect(refreshes).toEqual([false]);
    }
  });

  it('has a secret that cannot be read', async () => {
    const server = await startHttpServer(answers(GROUPS));
    const authorization = { type: 'Bearer', credentials: { kind: 'file', path: '/no/such/file' } } as const;
    const { source, log } = polling(urlOf(server), { http: { ...PLAIN_HTTP, authorization } });
    await source.ready;
    expect(problemsIn(log)).toEqual([[expect.stringContaining('cannot read /no/such/file')]]);
    expect(server.accepted).toHaveLength(0);
  });

  it('never answers: it is left at the end of the interval, and its connection is closed', async () => {
    const server = await startHttpServer(() => {});
    const { source, log } = polling(urlOf(server), { refreshIntervalMs: 100 });
    await source.ready;
    expect(problemsIn(log)).toEqual([['no answer within 0.1 s']]);
    await until(() => server.accepted.length > 0);
    source.close();
    await until(() => server.openCount() === 0);
  });
});

it('a closed source ends what is under way and tells nothing any more', async () => {
  const server = await startHttpServer(() => {});
  const { source, changes, refreshes } = polling(urlOf(server));
  await until(() => server.openCount() === 1);
  source.close();
  await source.ready;
  await until(() => server.openCount() === 0);
  expect([changes, refreshes]).toEqual([[], []]);
});
