import { describe, expect, it } from 'vitest';
import { type ProbeAnswer, type ProbeRequest, probeTimeoutMs } from '../../src/http/probe.ts';
import { formatProbeDebug } from '../../src/http/probe-debug.ts';
import { anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { sampleView, troubledView, unreachableView } from '../helpers/example-views.ts';

closeAppsAfterEach();

const PROBED: ProbeAnswer = { kind: 'probed', page: async () => 'a 1\n', debugText: async () => 'steps\n' };

function anAppThatProbes(answer: ProbeAnswer = PROBED) {
  const requests: ProbeRequest[] = [];
  const { app } = anApp([], {
    timeoutOffsetMs: 500,
    probe: async (request) => {
      requests.push(request);
      return answer;
    },
  });
  return { app, requests };
}

describe('GET /probe', () => {
  it('answers with the series of the target', async () => {
    const { app, requests } = anAppThatProbes();
    const response = await app.inject('/probe?target=10.0.0.5:4569&module=tls');
    expect([response.statusCode, response.body]).toEqual([200, 'a 1\n']);
    expect(response.headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(requests).toEqual([{ target: '10.0.0.5:4569', module: 'tls', timeoutMs: undefined }]);
  });

  it('answers with every step when asked to', async () => {
    const { app } = anAppThatProbes();
    const response = await app.inject('/probe?target=a&debug=true');
    expect([response.body, response.headers['content-type']]).toEqual(['steps\n', 'text/plain; charset=utf-8']);
    expect((await app.inject('/probe?target=a&debug=false')).body).toBe('a 1\n');
  });

  it('has until the deadline of Prometheus, less the offset', async () => {
    const { app, requests } = anAppThatProbes();
    const headers = { 'x-prometheus-scrape-timeout-seconds': '10' };
    await app.inject({ url: '/probe?target=a', headers });
    expect(requests).toMatchObject([{ timeoutMs: 9500 }]);
  });

  it('answers HEAD as GET, without the body', async () => {
    const { app, requests } = anAppThatProbes();
    const response = await app.inject({ method: 'HEAD', url: '/probe?target=a' });
    expect([response.statusCode, response.body, requests.length]).toEqual([200, '', 1]);
  });

  it.each([
    '/probe',
    '/probe?target=',
    '/probe?module=default',
    '/probe?target=a&target=b',
    '/probe?target=a&debug=yes',
    '/probe?target=a&debug=',
    '/probe?target=a&timeout=5',
    '/probe?target=a&Target=b',
  ])('is 400 without a probe for %s', async (url) => {
    const { app, requests } = anAppThatProbes();
    const response = await app.inject(url);
    expect([response.statusCode, typeof response.json().error]).toEqual([400, 'string']);
    expect(requests).toEqual([]);
  });

  it('is 400 without a probe for a deadline that is none', async () => {
    const { app, requests } = anAppThatProbes();
    const headers = { 'x-prometheus-scrape-timeout-seconds': 'soon' };
    expect((await app.inject({ url: '/probe?target=a', headers })).statusCode).toBe(400);
    expect(requests).toEqual([]);
  });

  it.each([
    ['bad_request', 400],
    ['forbidden', 403],
    ['unavailable', 503],
  ] as const)('says why for %s', async (kind, code) => {
    const { app } = anAppThatProbes({ kind, error: 'the reason' });
    const response = await app.inject('/probe?target=a&debug=true');
    expect([response.statusCode, response.json()]).toEqual([code, { error: 'the reason' }]);
  });

  it('is read, not written', async () => {
    const response = await anAppThatProbes().app.inject({ method: 'POST', url: '/probe?target=a' });
    expect([response.statusCode, response.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });
});

it.each([
  [undefined, 500, undefined],
  ['10', 500, 9500],
  ['10.25', 500, 9750],
  [' 10 ', 0, 10_000],
  ['0.4', 500, 200],
  ['0.6', 500, 300],
  ['0.001', 500, 1],
  ['0', 500, 'malformed'],
  ['-1', 500, 'malformed'],
  ['', 500, 'malformed'],
  ['1e3', 500, 'malformed'],
  ['Infinity', 500, 'malformed'],
  ['10s', 500, 'malformed'],
  ['10, 20', 500, 'malformed'],
  ['9'.repeat(400), 500, 'malformed'],
])('of the header %j and an offset of %i ms come %j ms', (header, offsetMs, expected) => {
  expect(probeTimeoutMs(header, offsetMs)).toBe(expected);
});

describe('the debug text', () => {
  const steps = [
    { atMs: 0, text: 'GET http://10.0.0.5:4569/health/status, at most 5000 ms' },
    { atMs: 12.34, text: 'answered 503, processes: 4, rows without a usable name: 1' },
  ];
  const common = {
    runbooks: 'https://wiki.example/',
    timeoutMs: 5000,
    durationMs: 13.1,
    steps,
    page: '# the series\n',
  };

  it('is golden', async () => {
    const texts = [
      formatProbeDebug({ ...common, target: 'sample', module: undefined, isSuccess: true, view: sampleView() }),
      formatProbeDebug({ ...common, target: 'a', module: 'tls', isSuccess: true, view: troubledView() }),
      formatProbeDebug({ ...common, target: 'b', module: undefined, isSuccess: false, view: unreachableView() }),
    ];
    await expect(texts.join('\n----\n\n')).toMatchFileSnapshot('../golden/probe-debug.txt');
  });

  it('keeps on one line what others wrote', () => {
    const step = { atMs: 1, text: 'one\ntwo\u2028three\u001b[31m' };
    const text = formatProbeDebug({
      ...common,
      target: 'a\nb',
      module: 'c\r\nd',
      isSuccess: false,
      view: sampleView(),
      steps: [step],
    });
    expect(text).toContain('Probe of a\uFFFDb with module c\uFFFD\uFFFDd, at most 5000 ms\n');
    expect(text).toContain('one\uFFFDtwo\uFFFDthree\uFFFD[31m\n');
  });
});
