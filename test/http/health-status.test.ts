import { describe, expect, it } from 'vitest';
import type { GenesisNode } from '../../src/domain/node.ts';
import type { ProcessReport } from '../../src/domain/process-report.ts';
import { aNode, aReport, connected, declare, good, good503 } from '../domain/builders.ts';
import { anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { healthOffView, pendingView, SAMPLE, sampleView, unreachableView } from '../helpers/example-views.ts';
import { viewAfter } from '../helpers/views.ts';

closeAppsAfterEach();

const warning = aReport('ROUTER', { status: 'Warning ', state: 'WARNING', message: 'slow' });

function answering(name: string, health: ReturnType<typeof good>, changes: Partial<GenesisNode> = {}) {
  return viewAfter(aNode({ name, ...changes }), [[1000, { health }]], 2000);
}

const up = (name: string, ...reports: readonly ProcessReport[]) => answering(name, good(1000, ...reports));

async function get(views: Parameters<typeof anApp>[0], url = '/health/status') {
  const response = await anApp(views).app.inject(url);
  return { code: response.statusCode, body: JSON.parse(response.body), headers: response.headers };
}

describe('GET /health/status', () => {
  it("answers the platform's sample as it came: same keys, order, types and values", async () => {
    const { code, body, headers } = await get([sampleView()]);
    expect(code).toBe(200);
    expect(JSON.stringify(body)).toBe(JSON.stringify(JSON.parse(SAMPLE)));
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      age: '1',
    });
  });

  it('answers 503 and no rows without a node', async () => {
    expect(await get([])).toMatchObject({ code: 503, body: [] });
  });

  it('answers 503 with rows UNKNOWN while nothing is known, and no age', async () => {
    const { code, body, headers } = await get([pendingView()]);
    expect({ code, body }).toEqual({
      code: 503,
      body: [{ PROCESS_NAME: 'GENESIS_ROUTER', STATUS: 'UNKNOWN', MESSAGE: ';exporter: not probed yet', PORT: 9017 }],
    });
    expect(headers['age']).toBeUndefined();
  });

  it('keeps every row when the endpoint is unreachable, none of them green', async () => {
    const { code, body } = await get([unreachableView()]);
    expect(code).toBe(503);
    expect(body).toHaveLength(8);
    for (const row of body) {
      expect(row).toMatchObject({ STATUS: 'UNKNOWN', MESSAGE: ';exporter: connect 10.0.0.5:4569 refused' });
    }
  });

  it('leaves a WARNING to Genesis: 200 stays 200, 503 stays 503, the word as it came', async () => {
    const tolerated = await get([up('a', warning)]);
    expect(tolerated).toMatchObject({ code: 200, body: [{ STATUS: 'Warning ', MESSAGE: 'slow' }] });
    expect((await get([answering('a', good503(1000, warning))])).code).toBe(503);
  });

  it('answers 503 when Genesis does, though every row is well', async () => {
    expect((await get([answering('a', good503(1000, aReport('ROUTER')))])).code).toBe(503);
  });

  it('names the node of each row when there are several and the query does not name exactly one', async () => {
    const views = [up('a', aReport('ROUTER')), up('b', aReport('ROUTER'))];
    expect((await get(views)).body).toEqual([
      { PROCESS_NAME: 'ROUTER', STATUS: 'UP', MESSAGE: '', PORT: 9000, NODE: 'a' },
      { PROCESS_NAME: 'ROUTER', STATUS: 'UP', MESSAGE: '', PORT: 9000, NODE: 'b' },
    ]);
    expect((await get(views, '/health/status?node=b')).body).toEqual([
      { PROCESS_NAME: 'ROUTER', STATUS: 'UP', MESSAGE: '', PORT: 9000 },
    ]);
    expect((await get(views, '/health/status?node=b&node=b')).body[0]).not.toHaveProperty('NODE');
    expect((await get(views, '/health/status?node=b&node=a')).body[0]).toHaveProperty('NODE', 'a');
  });

  it('narrows the verdict to the nodes named', async () => {
    const views = [up('a', aReport('ROUTER')), answering('b', good503(1000, aReport('ROUTER')))];
    expect((await get(views)).code).toBe(503);
    expect((await get(views, '/health/status?node=a')).code).toBe(200);
    expect((await get(views, '/health/status?node=b')).code).toBe(503);
  });

  it('narrows the verdict to the processes named, and leaves out what Genesis says of the node', async () => {
    const view = answering('a', good503(1000, aReport('ROUTER'), aReport('NOTIFY', { status: 'DOWN', state: 'DOWN' })));
    expect(await get([view], '/health/status?process=ROUTER')).toMatchObject({ code: 200, body: [{}] });
    expect(await get([view], '/health/status?process=ROUTER&process=NOTIFY')).toMatchObject({ code: 503 });
  });

  it('tolerates no WARNING of a named process while Genesis answers 503', async () => {
    expect((await get([answering('a', good503(1000, warning))], '/health/status?process=ROUTER')).code).toBe(503);
    expect((await get([up('a', warning)], '/health/status?process=ROUTER')).code).toBe(200);
  });

  it('knows no other node', async () => {
    const answer = await get([sampleView()], '/health/status?node=sample&node=other');
    expect(answer).toMatchObject({ code: 404, body: { error: 'unknown node: other' } });
  });

  it('knows for certain that a process does not exist only when the health of its node is good', async () => {
    const url = '/health/status?process=GENESIS_ROUTER&process=TYPO';
    expect(await get([sampleView()], url)).toMatchObject({ code: 404, body: { error: 'unknown process: TYPO' } });
    expect(await get([healthOffView()], '/health/status?process=TYPO')).toMatchObject({ code: 404 });
    expect(await get([pendingView()], '/health/status?process=TYPO')).toEqual(
      expect.objectContaining({ code: 503, body: [] }),
    );
    expect(await get([sampleView(), unreachableView()], url)).toMatchObject({ code: 503 });
    expect(await get([], '/health/status?process=TYPO')).toMatchObject({ code: 503, body: [] });
  });

  it.each([
    ['1s', 200],
    ['999ms', 503],
    ['1m', 200],
  ])('holds the evidence against max_age=%s', async (maxAge, code) => {
    expect((await get([sampleView()], `/health/status?max_age=${maxAge}`)).code).toBe(code);
  });

  it('counts the age of connects too', async () => {
    const node = aNode({ declared: declare({ name: 'ROUTER' }) });
    const connects = new Map([['ROUTER', connected(0, 'ok')]]);
    const view = viewAfter(node, [[1000, { connects, health: good(1500, aReport('ROUTER')) }]], 2000);
    const { headers } = await get([view]);
    expect(headers['age']).toBe('2');
    expect((await get([view], '/health/status?max_age=1s')).code).toBe(503);
  });

  it.each([
    ['?proces=ROUTER', 'unknown query parameter: proces'],
    ['?max_age=soon', 'max_age: expected a duration such as 5s, got "soon"'],
    ['?max_age=5', 'max_age: expected a duration such as 5s, got "5"'],
    ['?max_age=', 'max_age: expected a duration such as 5s, got ""'],
    ['?max_age=5s&max_age=1h', 'max_age: expected one value'],
    ['?__proto__=x', 'unknown query parameter: __proto__'],
  ])('refuses %s: a typo must not widen a verdict', async (query, error) => {
    expect(await get([sampleView()], `/health/status${query}`)).toMatchObject({ code: 400, body: { error } });
  });

  it('answers HEAD with the same code and headers, and no body', async () => {
    const { app } = anApp([unreachableView()]);
    const [head, full] = [
      await app.inject({ method: 'HEAD', url: '/health/status' }),
      await app.inject('/health/status'),
    ];
    expect(head.statusCode).toBe(503);
    expect(head.body).toBe('');
    expect(head.headers['content-length']).toBe(String(full.rawPayload.length));
  });
});
