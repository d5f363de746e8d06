import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import type { NodeView } from '../../src/domain/view.ts';
import type { NodesAnswer } from '../../src/page/nodes-answer.ts';
import { aNode, aReport, failed, good } from '../domain/builders.ts';
import { anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { healthOffView, pendingView, sampleView, troubledView, unreachableView } from '../helpers/example-views.ts';
import { viewAfter } from '../helpers/views.ts';

closeAppsAfterEach();

const DOCS = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
const SCHEMA: Readonly<Record<string, unknown>> = JSON.parse(/```json\n([\s\S]*?)```/.exec(DOCS)?.[1] ?? '');
const EXAMPLES = [sampleView(), troubledView(), unreachableView(), pendingView(), healthOffView()];

async function ask(views: readonly NodeView[], query = ''): Promise<NodesAnswer> {
  return (await anApp(views).app.inject(`/api/v1/nodes${query}`)).json();
}

/** What the documented schema finds wrong with an answer. */
async function flaws(answer: unknown): Promise<string | undefined> {
  const options = { removeAdditional: false, coerceTypes: false, useDefaults: false } as const;
  const app = Fastify({ ajv: { customOptions: options }, bodyLimit: 10_000_000 });
  app.post('/', { schema: { body: SCHEMA } }, async () => ({ message: undefined }));
  const payload: object = Object(answer);
  return (await app.inject({ method: 'POST', url: '/', payload })).json().message;
}

describe('GET /api/v1/nodes', () => {
  it('answers what the documented schema says', async () => {
    const answer = await ask(EXAMPLES);
    expect(answer.nodes).toHaveLength(EXAMPLES.length);
    expect(await flaws(answer)).toBeUndefined();
  });

  it.each([
    ['a field that is not documented', (answer: NodesAnswer) => ({ ...answer, more: 1 })],
    ['a field that is missing', ({ at: _, ...answer }: NodesAnswer) => answer],
    [
      'a state that there is not',
      (answer: NodesAnswer) => JSON.parse(JSON.stringify(answer).replace('"state":"UP"', '"state":"GREEN"')),
    ],
  ])('has a schema that refuses %s', async (_, change) => {
    expect(await flaws(change(await ask(EXAMPLES)))).toMatch(/^body/);
  });

  it('tells of a process all that is known', async () => {
    const { nodes } = await ask([troubledView()]);
    const processes = new Map(nodes[0]?.processes.map((process) => [process.name, process]));
    expect(nodes[0]).toMatchObject({
      healthy: false,
      reason: 'genesis_503',
      labels: { site: 'london' },
      rejectedRows: 1,
    });
    expect(processes.get('GENESIS_ROUTER')).toMatchObject({
      status: 'DOWN',
      reason: 'connect_failed',
      message: 'a; b;exporter: connect 10.0.0.5:9017 refused',
      port: 9017,
      expected: true,
      connect: { outcome: 'refused', port: 9017, durationSeconds: 0.01 },
    });
    expect(processes.get('STORES')).toMatchObject({ expected: false, port: null, reported: true });
    expect(processes.get('GENESIS_AUTH_CONSOLIDATOR')).toMatchObject({
      status: 'Standby',
      state: 'STANDBY',
      declaredPort: 8005,
    });
  });

  it('knows since when a node and its processes have been as they are', async () => {
    const { nodes } = await ask([unreachableView()]);
    expect(nodes[0]).toMatchObject({ reason: 'health_unavailable', since: '1970-01-01T00:16:56.000Z' });
    expect(nodes[0]?.processes[0]).toMatchObject({ reason: 'health_unavailable', since: '1970-01-01T00:16:56.010Z' });
    const stale = viewAfter(aNode(), [[1000, { health: good(1000, aReport('A')) }]], 46_001);
    const old = (await ask([stale])).nodes[0];
    expect([old?.reason, old?.since, old?.processes[0]?.since]).toEqual([
      'stale',
      '1970-01-01T00:17:26.000Z',
      '1970-01-01T00:17:26.000Z',
    ]);
    expect((await ask([pendingView()])).nodes[0]).toMatchObject({ reason: 'pending', since: null });
  });

  it('tells of changes and failures that are over', async () => {
    const down = aReport('A', { status: 'DOWN', state: 'DOWN', message: 'gone' });
    const view = viewAfter(
      aNode(),
      [
        [1000, { health: good(1000, aReport('A')) }],
        [2000, { health: failed(2000) }],
        [3000, { health: failed(3000) }],
        [4000, { health: good(4000, down) }],
        [5000, { health: good(5000, aReport('A')) }],
      ],
      5000,
    );
    const node = (await ask([view])).nodes[0];
    expect(node?.healthy).toBe(true);
    expect(node?.failures).toMatchObject([{ process: null, reason: 'refused', count: 2 }]);
    expect(node?.processes[0]).toMatchObject({
      changeCount: 2,
      changes: [
        { from: 'UP', to: 'DOWN', reason: 'reported', message: 'gone' },
        { from: 'DOWN', to: 'UP', reason: null, message: '' },
      ],
    });
  });

  it('tells only of those that have changed since a cursor', async () => {
    const views = [sampleView(), pendingView()];
    const { app } = anApp(views);
    const answer = async (since = ''): Promise<NodesAnswer> => (await app.inject(`/api/v1/nodes${since}`)).json();
    // By the second answer the last 24 hours are known: a change too.
    await answer();
    const { cursor } = await answer();
    expect((await answer(`?since=${cursor}`)).nodes).toEqual([]);
    views[1] = unreachableView();
    await answer();
    const changed = await answer(`?since=${cursor}`);
    expect(changed.nodes.map(({ name }) => name)).toEqual(['unreachable']);
    expect(changed.names).toEqual(['sample', 'unreachable']);
    expect((await answer(`?since=${changed.cursor}`)).nodes).toEqual([]);
  });

  it.each(['', 'x', '1000000-', '1000000-x', '1000000-99', '1000001-1', '1000000--1'])(
    'tells of all for the cursor %j',
    async (since) => {
      const { app } = anApp([sampleView()]);
      expect((await app.inject('/api/v1/nodes')).json().cursor).toBe('1000000-1');
      expect((await app.inject(`/api/v1/nodes?since=${since}`)).json().nodes).toHaveLength(1);
    },
  );

  it('is narrowed to nodes', async () => {
    expect((await ask(EXAMPLES, '?node=off&node=sample')).names).toEqual(['sample', 'off']);
    const unknown = await anApp(EXAMPLES).app.inject('/api/v1/nodes?node=nobody');
    expect([unknown.statusCode, unknown.json()]).toEqual([404, { error: 'unknown node: nobody' }]);
    expect((await anApp(EXAMPLES).app.inject('/api/v1/nodes?nod=sample')).statusCode).toBe(400);
  });

  it('is compressed when it is large and that is wanted', async () => {
    const many = Array.from({ length: 10 }, sampleView);
    const response = await anApp(many).app.inject({ url: '/api/v1/nodes', headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(response.headers['vary']).toBe('Accept-Encoding');
    expect(
      (await anApp([]).app.inject({ url: '/api/v1/nodes', headers: { 'accept-encoding': 'gzip' } })).body,
    ).toContain('"nodes":[]');
  });

  it('says when the loop of the exporter is stuck', async () => {
    const { app } = anApp([], { heartbeatAgeMs: () => 30_001 });
    expect((await app.inject('/api/v1/nodes')).json().exporter.healthy).toBe(false);
    expect((await app.inject('/')).body).toContain('loop is stuck');
  });
});
