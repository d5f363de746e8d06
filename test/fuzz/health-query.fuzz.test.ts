import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aNode, aReport, good, good503 } from '../domain/builders.ts';
import { anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { sampleView, unreachableView } from '../helpers/example-views.ts';
import type { Row } from '../helpers/reading.ts';
import { viewAfter } from '../helpers/views.ts';
import { queryStrings } from './query-string.ts';

closeAppsAfterEach();

const down = { status: 'DOWN', state: 'DOWN' } as const;
const MIXED = good503(1000, aReport('ROUTER'), aReport('NOTIFY', down), aReport('__proto__', down));
const WELL = viewAfter(
  aNode({ name: 'well' }),
  [[1000, { health: good(1000, aReport('ROUTER'), aReport('QUEUE')) }]],
  2000,
);
const VIEWS = [
  WELL,
  viewAfter(aNode({ name: 'mixed' }), [[1000, { health: MIXED }]], 2000),
  unreachableView(),
  sampleView(),
];
const NODES = VIEWS.map(({ snapshot }) => snapshot.node.name);
const KEYS = ['node', 'process', 'max_age'] as const;

const queries = queryStrings(KEYS, [...NODES, 'ROUTER', 'NOTIFY', 'QUEUE', 'TYPO', '5s', '1ms', '1h', '']);

it('never answers /health/status with an error of its own, nor with another shape', async () => {
  const { app, log, seen } = anApp(VIEWS);
  await fc.assert(
    fc.asyncProperty(queries, async (query) => {
      const { statusCode, body } = await app.inject(`/health/status${query}`);
      expect([200, 400, 404, 503]).toContain(statusCode);
      const answer: unknown = JSON.parse(body);
      if (statusCode === 200 || statusCode === 503) expect(answer).toBeInstanceOf(Array);
      else expect(answer).toEqual({ error: expect.any(String) });
    }),
    { numRuns: 2000 },
  );
  expect({ internalErrors: seen.internalErrors, lines: log.lines }).toEqual({ internalErrors: 0, lines: [] });
});

it('answers a query of /health/status about nothing but what that names', async () => {
  const { app } = anApp(VIEWS);
  await fc.assert(
    fc.asyncProperty(queries, async (query) => {
      const asked = new URLSearchParams(query);
      const { statusCode, body } = await app.inject(`/health/status${query}`);
      if (statusCode !== 200 && statusCode !== 503) return;
      const rows: readonly (Row & { readonly NODE?: string })[] = JSON.parse(body);
      const [nodes, processes] = [asked.getAll('node'), asked.getAll('process')];
      expect([...asked.keys()].filter((key) => !['node', 'process', 'max_age'].includes(key))).toEqual([]);
      for (const { NODE, PROCESS_NAME } of rows) {
        if (nodes.length > 0) expect(nodes).toContain(NODE ?? nodes[0]);
        if (processes.length > 0) expect(processes).toContain(PROCESS_NAME);
      }
      // No green for a node that is not in the answer, nor by a row that is not green.
      if (statusCode === 503) return;
      for (const node of nodes) expect(NODES).toContain(node);
      for (const process of processes) expect(rows.map(({ PROCESS_NAME }) => PROCESS_NAME)).toContain(process);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ STATUS }) => STATUS !== 'UP')).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

it('turns no 503 of /health/status into a 200 when one more parameter is added, unless that narrows it', async () => {
  const { app } = anApp(VIEWS);
  const narrowing = /(?:^|[?&;])(?:node|process)/;
  await fc.assert(
    fc.asyncProperty(queries, queries, async (query, more) => {
      const extra = more.slice(1);
      fc.pre(!narrowing.test(decodeLoosely(extra)));
      const { statusCode: before } = await app.inject(`/health/status${query}`);
      const { statusCode: after } = await app.inject(`/health/status${query}&${extra}`);
      if (before !== 200) expect(after).not.toBe(200);
    }),
    { numRuns: 1000 },
  );
});

function decodeLoosely(query: string): string {
  return query.replaceAll(/%([0-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
