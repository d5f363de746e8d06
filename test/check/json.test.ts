import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/check/json.ts';
import { aNode, aReport, connected, declare, failed, good } from '../domain/builders.ts';
import { healthOffView, pendingView } from '../helpers/example-views.ts';
import { viewAfter } from '../helpers/views.ts';
import { answered, checked, inStates, resultOf } from './results.ts';

const PAGE = readFileSync(new URL('../../docs/check.md', import.meta.url), 'utf8');

describe('JSON of a check', () => {
  it('tells all of a node that answered', () => {
    const lmdb = [
      { usedRatio: 0.01, totalBytes: 2 ** 31 },
      { usedRatio: undefined, totalBytes: undefined },
    ];
    const health = good(1000, aReport('A', { message: 'm', lmdb, status: 'warning', state: 'WARNING' }));
    const connects = new Map([['A', connected(1000, 'ok')]]);
    const node = aNode({ cluster: 'trading', declared: declare({ name: 'A' }) });
    const view = viewAfter(node, [[1000, { health, connects }]], 2000);
    const result = { ...resultOf(), nodes: [checked(view, { isHomeRead: true })] };
    expect(JSON.parse(renderJson(result))).toEqual({
      verdict: 'healthy',
      unread_sources: [],
      nodes: [
        {
          node: 'trading-a',
          cluster: 'trading',
          health_url: 'http://10.0.0.5:4569/health/status',
          verdict: 'healthy',
          reason: null,
          runbook: null,
          status_code: 200,
          failure: null,
          hint: null,
          help: null,
          duration_seconds: 0.0125,
          genesis_home_read: true,
          processes: [
            {
              process: 'A',
              status: 'warning',
              state: 'WARNING',
              healthy: false,
              acceptable: true,
              reason: 'reported',
              runbook: 'https://wiki.example/GenesisProcessUnhealthy.md',
              message: 'm',
              port: 9000,
              connect: {
                host: '10.0.0.5',
                port: 9000,
                outcome: 'ok',
                detail: '',
                hint: null,
                help: null,
                duration_seconds: 0.01,
              },
              lmdb: [
                { used_ratio: 0.01, size_bytes: 2 ** 31 },
                { used_ratio: null, size_bytes: null },
              ],
            },
          ],
        },
      ],
    });
  });

  it.each([
    [
      'no answer',
      answered(failed(1000)),
      {
        verdict: 'no_answer',
        reason: 'health_unavailable',
        runbook: 'https://wiki.example/GenesisNodeUnreachable.md',
        status_code: null,
        failure: { reason: 'refused', detail: 'connect 10.0.0.5:4569 refused' },
        genesis_home_read: null,
        processes: [],
      },
    ],
    ['nothing yet', pendingView(), { verdict: 'no_answer', reason: 'pending', failure: null }],
    [
      'health off',
      healthOffView(),
      { verdict: 'unhealthy', reason: 'process_unhealthy', health_url: null, status_code: null },
    ],
    ['a bad process', inStates(['DOWN']), { verdict: 'unhealthy', reason: 'process_unhealthy', status_code: 200 }],
  ])('tells of %s', (_, view, expected) => {
    expect(JSON.parse(renderJson(resultOf(view))).nodes).toMatchObject([expected]);
  });

  it.each([
    ['no nodes', resultOf(), { verdict: 'unhealthy', nodes: [] }],
    [
      'an unread source',
      { ...resultOf(inStates(['UP'])), unreadSources: ['a'] },
      { verdict: 'no_answer', unread_sources: ['a'] },
    ],
  ])('tells of %s', (_, result, expected) => {
    expect(JSON.parse(renderJson(result))).toMatchObject(expected);
  });

  it('has no key that docs/check.md does not tell of', () => {
    const lmdb = [{ usedRatio: 0.01, totalBytes: 1 }];
    const connects = new Map([['A', connected(1000, 'ok')]]);
    const health = good(1000, aReport('A', { lmdb }));
    const view = viewAfter(aNode({ declared: declare({ name: 'A' }) }), [[1000, { health, connects }]], 2000);
    const keys = [renderJson(resultOf(view)), renderJson(resultOf(answered(failed(1000))))].flatMap((text) =>
      [...text.matchAll(/"(\w+)":/g)].map(([, key]) => key),
    );
    expect(new Set(keys).size).toBeGreaterThan(25);
    for (const key of keys) expect(PAGE).toMatch(new RegExp(`[\`.{ ]${key}[\`,}[]`));
  });

  it('gives messages unchanged, without a byte that a terminal would obey', () => {
    const message = '\u001b[2J\u009b31m\u202e\u2028\n';
    const text = renderJson(resultOf(answered(good(1000, aReport('A', { message })))));
    expect(JSON.parse(text).nodes[0].processes[0].message).toBe(message);
    expect(text).toMatch(/^(?:\n|[^\p{Cc}\p{Cf}\p{Zl}])*$/u);
  });
});
