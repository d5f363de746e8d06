import { describe, expect, it } from 'vitest';
import type { EventsQuery, HistoryEvent, NodeHistory } from '../../src/domain/history.ts';
import { aHistory, anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { sampleView } from '../helpers/example-views.ts';

closeAppsAfterEach();

const NOW = Date.parse('2026-11-26T12:00:00Z');
const HOUR = 3_600_000;
const CLOCK = { monotonicMs: () => 2000, wallMs: () => NOW };

const EVENT: HistoryEvent = {
  id: 3,
  node: 'sample',
  process: undefined,
  kind: 'probe_failures',
  atMs: NOW - HOUR,
  betweenMs: undefined,
  from: undefined,
  to: undefined,
  reason: 'refused',
  message: '=cmd, "quoted"\nline',
  durationMs: 1500,
};

function app(past?: NodeHistory, events: readonly HistoryEvent[] = [EVENT]) {
  const asked: EventsQuery[] = [];
  const spans: [string, number, number][] = [];
  const history = aHistory({
    async events(query) {
      asked.push(query);
      return { events, next: events.length > 0 ? '3' : undefined };
    },
    async history(node, fromMs, toMs) {
      spans.push([node, fromMs, toMs]);
      return past;
    },
  });
  return { ...anApp([sampleView()], { history, clock: CLOCK }), asked, spans };
}

describe('GET /api/v1/events', () => {
  it('answers events with null for what is not known, and where to go on', async () => {
    const { headers, statusCode, ...response } = await app().app.inject('/api/v1/events');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual({
      events: [
        {
          id: 3,
          at: '2026-11-26T11:00:00.000Z',
          betweenFrom: null,
          betweenTo: null,
          node: 'sample',
          process: null,
          kind: 'probe_failures',
          from: null,
          to: null,
          reason: 'refused',
          message: '=cmd, "quoted"\nline',
          durationSeconds: 1.5,
        },
      ],
      next: '3',
    });
  });

  it('asks for what the query says', async () => {
    const { app: server, asked } = app();
    await server.inject(
      '/api/v1/events?node=a&node=b&process=p&state=DOWN&state=UP&from=1&to=2026-11-26T12:00:00%2B01:00&limit=7&cursor=c',
    );
    await server.inject('/api/v1/events');
    expect(asked).toEqual([
      {
        nodes: ['a', 'b'],
        processes: ['p'],
        states: ['DOWN', 'UP'],
        fromMs: 1000,
        toMs: Date.parse('2026-11-26T11:00:00Z'),
        limit: 7,
        cursor: 'c',
      },
      { nodes: [], processes: [], states: [], fromMs: undefined, toMs: undefined, limit: 100, cursor: undefined },
    ]);
  });

  it.each([
    ['/api/v1/events', { accept: 'text/csv' }],
    ['/api/v1/events?format=csv', {}],
    ['/api/v1/events?format=csv', { accept: 'application/json' }],
  ])('is CSV for %s with %o', async (url, headers) => {
    const response = await app().app.inject({ url, headers });
    expect(response.headers['content-type']).toContain('text/csv');
    expect(response.body).toBe(
      'id,at,betweenFrom,betweenTo,node,process,kind,from,to,reason,message,durationSeconds\r\n' +
        `3,2026-11-26T11:00:00.000Z,,,sample,,probe_failures,,,refused,"'=cmd, ""quoted""\nline",1.5\r\n`,
    );
  });

  it.each([{ accept: 'application/json' }, { accept: '*/*' }, { accept: 'text/csv, application/json' }])(
    'is JSON with %o',
    async (headers) => {
      const response = await app().app.inject({ url: '/api/v1/events', headers });
      expect(response.headers['content-type']).toContain('application/json');
    },
  );

  it.each(['limit=0', 'limit=1001', 'limit=x', 'from=x', 'format=xml', 'nodes=a', 'limit=1&limit=2'])(
    'is a 400 for ?%s',
    async (query) => {
      expect((await app().app.inject(`/api/v1/events?${query}`)).statusCode).toBe(400);
    },
  );
});

describe('GET /api/v1/history', () => {
  const span = { node: 'sample', reason: undefined, message: '' };
  const PAST: NodeHistory = {
    node: 'sample',
    fromMs: NOW - 24 * HOUR,
    toMs: NOW,
    spans: [
      { ...span, process: undefined, fromMs: NOW - 6 * HOUR, toMs: NOW - 4 * HOUR, state: 'HEALTHY', healthy: true },
      { ...span, process: undefined, fromMs: NOW - 4 * HOUR, toMs: NOW - 3 * HOUR, state: 'UNHEALTHY', healthy: false },
      { ...span, process: undefined, fromMs: NOW - 3 * HOUR, toMs: undefined, state: 'HEALTHY', healthy: true },
      { ...span, process: 'GONE', fromMs: NOW - 30 * HOUR, toMs: NOW - 23 * HOUR, state: 'UP', healthy: true },
    ],
    lmdb: [
      { process: 'A', store: 0, atMs: NOW - HOUR, usedRatio: 0.5, totalBytes: 1024 },
      { process: 'A', store: 0, atMs: NOW, usedRatio: undefined, totalBytes: undefined },
    ],
    durations: [{ fromMs: NOW - HOUR, toMs: NOW, count: 3, minimumMs: 1, medianMs: 2, maximumMs: 3 }],
  };

  it('answers the states of the last 24 hours without a gap, availability, incidents, stores and durations', async () => {
    const { app: server, spans } = app(PAST);
    const answer = (await server.inject('/api/v1/history?node=sample')).json();
    expect(spans).toContainEqual(['sample', NOW - 24 * HOUR, NOW]);
    expect(answer).toMatchObject({ node: 'sample', from: '2026-11-25T12:00:00.000Z', to: '2026-11-26T12:00:00.000Z' });
    expect(answer.subjects).toHaveLength(10);
    expect(answer.subjects[0]).toEqual({
      process: null,
      spans: [
        { from: '2026-11-25T12:00:00.000Z', to: '2026-11-26T06:00:00.000Z', state: 'NOT_WATCHED' },
        { from: '2026-11-26T06:00:00.000Z', to: '2026-11-26T08:00:00.000Z', state: 'HEALTHY' },
        { from: '2026-11-26T08:00:00.000Z', to: '2026-11-26T09:00:00.000Z', state: 'UNHEALTHY' },
        { from: '2026-11-26T09:00:00.000Z', to: '2026-11-26T12:00:00.000Z', state: 'HEALTHY' },
      ],
      availability: { watchedSeconds: 6 * 3600, healthySeconds: 5 * 3600, maintenanceSeconds: 0, ratio: 5 / 6 },
    });
    expect(answer.subjects[1]).toMatchObject({ availability: { watchedSeconds: 0, healthySeconds: 0, ratio: null } });
    expect(answer.subjects[9]).toMatchObject({ process: 'GONE', availability: { watchedSeconds: 3600 } });
    expect(answer.incidents).toEqual([
      {
        process: null,
        from: '2026-11-26T08:00:00.000Z',
        to: '2026-11-26T09:00:00.000Z',
        durationSeconds: 3600,
        state: 'UNHEALTHY',
        reason: null,
        message: '',
      },
    ]);
    expect(answer.lmdb).toEqual([
      {
        process: 'A',
        store: 0,
        samples: [
          { at: '2026-11-26T11:00:00.000Z', usedRatio: 0.5, totalBytes: 1024 },
          { at: '2026-11-26T12:00:00.000Z', usedRatio: null, totalBytes: null },
        ],
      },
    ]);
    expect(answer.probeDurations).toMatchObject([{ count: 3, minimumSeconds: 0.001, maximumSeconds: 0.003 }]);
  });

  it('has the spans as CSV', async () => {
    const { body } = await app(PAST).app.inject('/api/v1/history?node=sample&format=csv&from=2026-11-26T07:00:00Z');
    expect(body).toContain(
      'node,process,from,to,state\r\nsample,,2026-11-26T07:00:00.000Z,2026-11-26T08:00:00.000Z,HEALTHY\r\n',
    );
  });

  it('never looks into the future, and knows nothing without a history', async () => {
    const { app: server, spans } = app();
    const answer = (await server.inject('/api/v1/history?node=sample&to=2027-01-01T00:00:00Z')).json();
    expect(spans.at(-1)).toEqual(['sample', NOW - 24 * HOUR, NOW]);
    expect(answer.subjects[0].spans).toMatchObject([{ state: 'NOT_WATCHED' }]);
  });

  it.each([
    ['', 400],
    ['?node=nobody', 404],
    ['?node=sample&from=2026-11-26T12:00:00Z', 400],
    ['?node=sample&from=2026-11-26T10:00:00Z&to=2026-11-26T09:00:00Z', 400],
    ['?node=sample&node=b', 400],
    ['?node=sample&limit=1', 400],
  ])('of %j is a %i', async (query, code) => {
    expect((await app(PAST).app.inject(`/api/v1/history${query}`)).statusCode).toBe(code);
  });
});
