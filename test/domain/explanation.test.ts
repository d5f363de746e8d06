import { describe, expect, it } from 'vitest';
import { type ExplanationInput, explain } from '../../src/domain/explanation.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { aReport, connected } from './builders.ts';

const LMDB = ';Lmdb currently uses 1% of available space (total size 2GB)';

function explained(reason: Verdict['reason'], changes: Partial<ExplanationInput> = {}): string {
  return explain({
    verdict: { status: 'UNKNOWN', state: 'UNKNOWN', reason },
    health: 'good',
    report: aReport('A', { message: LMDB }),
    connect: undefined,
    failure: '',
    staleAfterMs: 45_000,
    ...changes,
  });
}

describe('explain', () => {
  it.each([
    ['a healthy process', undefined, {}, LMDB],
    ['a process reported unhealthy', 'reported', {}, LMDB],
    ['an empty message', 'reported', { report: aReport('A') }, ''],
    ['a connect that was no evidence against it', 'reported', { connect: connected(0, 'timeout') }, LMDB],
  ] as const)("serves Genesis' own text unchanged for %s", (_, reason, changes, message) => {
    expect(explained(reason, changes)).toBe(message);
  });

  it.each([
    ['a row without a word', 'bad_row', {}, `${LMDB};exporter: the row has no STATUS word`],
    [
      'a refused port',
      'connect_failed',
      { connect: connected(0, 'refused', 8002) },
      `${LMDB};exporter: connect 10.0.0.5:8002 refused`,
    ],
    [
      'a port on an IPv6 address that does not answer',
      'connect_failed',
      { connect: { ...connected(0, 'timeout', 8002), host: '::1' } },
      `${LMDB};exporter: connect [::1]:8002 timeout`,
    ],
  ] as const)("adds to Genesis' text why our STATUS differs: %s", (_, reason, changes, message) => {
    expect(explained(reason, changes)).toBe(message);
  });

  it.each([
    ['nothing yet', 'pending', { health: 'none' }, ';exporter: not probed yet'],
    [
      'a failed probe',
      'health_unavailable',
      { health: 'failed', failure: 'timeout after 5 s' },
      ';exporter: timeout after 5 s',
    ],
    ['a failed probe without a word', 'health_unavailable', { health: 'failed' }, ''],
    ['an old answer', 'stale', { health: 'stale' }, ';exporter: no answer from Genesis for over 45 s'],
    [
      'an old answer of half seconds',
      'stale',
      { health: 'stale', staleAfterMs: 1500 },
      ';exporter: no answer from Genesis for over 1.5 s',
    ],
    ['an old connect', 'stale', { health: 'off' }, ';exporter: no recent connect probe'],
    [
      'a refused port after a failed probe',
      'connect_failed',
      { health: 'failed', connect: connected(0, 'refused') },
      ';exporter: connect 10.0.0.5:9000 refused',
    ],
    [
      'a process that Genesis does not list',
      'not_reported',
      { report: undefined },
      ";exporter: not in Genesis' answer",
    ],
    [
      'a process that Genesis does not list but that answers',
      'not_reported',
      { report: undefined, connect: connected(0, 'ok') },
      ";exporter: not in Genesis' answer, connect 10.0.0.5:9000 ok",
    ],
  ] as const)('says its part alone while nothing good is known: %s', (_, reason, changes, message) => {
    expect(explained(reason, changes)).toBe(message);
  });
});
