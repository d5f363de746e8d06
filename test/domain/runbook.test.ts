import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NODE_REASONS } from '../../src/domain/node-health.ts';
import { helpUrl, nodeRunbook, PROJECT_RUNBOOKS, processRunbook, runbookUrl } from '../../src/domain/runbook.ts';
import { PROCESS_REASONS } from '../../src/domain/verdict.ts';
import type { ProcessView } from '../../src/domain/view.ts';
import { declare } from './builders.ts';

const [DECLARED] = declare({ name: 'A' }).values();
const ROW: ProcessView = {
  name: 'A',
  status: 'DOWN',
  state: 'DOWN',
  reason: 'reported',
  healthy: false,
  acceptable: false,
  message: '',
  port: 1,
  declared: undefined,
  reported: true,
  lmdb: [],
  connect: undefined,
};

describe('the runbook of a process', () => {
  it.each<[Partial<ProcessView>, string | undefined]>([
    [{ healthy: true, state: 'UP', reason: undefined }, undefined],
    [{ healthy: true, state: 'WARNING' }, undefined],
    [{ state: 'DOWN' }, 'GenesisProcessDown'],
    [{ state: 'ERROR' }, 'GenesisProcessDown'],
    [{ state: 'WARNING', acceptable: true }, 'GenesisProcessUnhealthy'],
    [{ state: 'STARTING' }, 'GenesisProcessUnhealthy'],
    [{ state: 'UNKNOWN' }, 'GenesisProcessUnhealthy'],
    [{ state: 'UNKNOWN', reason: 'bad_row' }, 'GenesisProcessUnhealthy'],
    [{ reason: undefined }, 'GenesisProcessDown'],
    [{ reason: 'connect_failed' }, 'GenesisProcessNotListening'],
    [{ reason: 'connect_failed', state: 'WARNING' }, 'GenesisProcessNotListening'],
    [{ reason: 'not_reported' }, 'GenesisProcessVanished'],
    [{ reason: 'not_reported', declared: DECLARED }, 'GenesisProcessMissing'],
    [{ reason: 'not_reported', state: 'WARNING' }, 'GenesisProcessVanished'],
    [{ state: 'UNKNOWN', reason: 'health_unavailable' }, 'GenesisNodeUnreachable'],
    [{ state: 'UNKNOWN', reason: 'stale' }, 'GenesisProbesStale'],
    [{ state: 'UNKNOWN', reason: 'pending' }, 'GenesisProbesStale'],
  ])('with %j is %s', (changes, expected) => {
    expect(processRunbook({ ...ROW, ...changes })).toBe(expected);
  });
});

describe('the runbook of a node', () => {
  it.each([
    [undefined, undefined],
    ['process_unhealthy', undefined],
    ['pending', 'GenesisProbesStale'],
    ['stale', 'GenesisProbesStale'],
    ['health_unavailable', 'GenesisNodeUnreachable'],
    ['genesis_503', 'GenesisNodeUnhealthy'],
    ['no_processes', 'GenesisNodeUnhealthy'],
    ['rejected_rows', 'GenesisNodeRejectedRows'],
  ] as const)('for %s is %s', (reason, expected) => {
    expect(nodeRunbook(reason)).toBe(expected);
  });
});

it('is a page that exists, for every reason', () => {
  const runbooks = new Set([
    ...NODE_REASONS.map(nodeRunbook),
    ...PROCESS_REASONS.map((reason) => processRunbook({ ...ROW, reason })),
    ...PROCESS_REASONS.map((reason) => processRunbook({ ...ROW, reason, state: 'WARNING', declared: DECLARED })),
  ]);
  expect(runbooks.size).toBe(10);
  for (const runbook of runbooks) {
    if (runbook === undefined) continue;
    expect(runbookUrl(PROJECT_RUNBOOKS, runbook)).toContain(`/docs/runbooks/${runbook}.md`);
    expect(existsSync(new URL(`../../docs/runbooks/${runbook}.md`, import.meta.url))).toBe(true);
  }
  expect(runbookUrl(PROJECT_RUNBOOKS, undefined)).toBeUndefined();
});

it('leads a hint to its row on the page on troubleshooting, or on the one beside own runbooks', () => {
  expect(helpUrl(PROJECT_RUNBOOKS, 'speaks-tls')).toMatch(/\/docs\/troubleshooting\.md#speaks-tls$/);
  expect(helpUrl('https://wiki.test/', 'speaks-tls')).toBe('https://wiki.test/troubleshooting.md#speaks-tls');
  expect(helpUrl(PROJECT_RUNBOOKS, undefined)).toBeUndefined();
});
