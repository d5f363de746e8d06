import { describe, expect, it } from 'vitest';
import { nodeState } from '../../src/page/node-section.ts';
import { overallOf } from '../../src/page/overview.ts';
import { MAX_LISTED_PROBLEMS, problemsHtml, problemsOf } from '../../src/page/problems.ts';
import { aNodeInfo, aProcessInfo } from '../helpers/node-infos.ts';

const DOWN = aProcessInfo({ state: 'DOWN', healthy: false, reason: 'connect_failed', message: ';exporter: refused' });
const WARNING = aProcessInfo({ name: 'STORE', state: 'WARNING', healthy: false, reason: 'reported', message: ';full' });
const BLIND = aProcessInfo({ state: 'UNKNOWN', healthy: false, reason: 'health_unavailable' });

function bad(
  reason: 'process_unhealthy' | 'health_unavailable' | 'genesis_503' | 'pending',
  ...processes: (typeof DOWN)[]
) {
  return aNodeInfo({ healthy: false, reason, processes });
}

describe('the problems', () => {
  it.each([
    ['a healthy node', aNodeInfo({ processes: [aProcessInfo()] }), []],
    [
      'a dead process',
      bad('process_unhealthy', DOWN),
      ['DOWN GENESIS_ROUTER its port does not answer: exporter: refused'],
    ],
    ['a tolerated WARNING', aNodeInfo({ processes: [WARNING] }), ['WARNING STORE full']],
    [
      'the worst first',
      bad('process_unhealthy', WARNING, DOWN),
      [expect.stringMatching(/^DOWN/), expect.stringMatching(/^WARNING/)],
    ],
    [
      'a node without an answer as one',
      bad('health_unavailable', BLIND, BLIND),
      ['UNKNOWN undefined health endpoint gives no answer'],
    ],
    [
      'a proven dead process on it too',
      bad('health_unavailable', BLIND, DOWN),
      [expect.stringMatching(/^DOWN/), expect.stringMatching(/^UNKNOWN/)],
    ],
    [
      'a 503 that no process explains',
      bad('genesis_503', aProcessInfo()),
      ['WARNING undefined Genesis itself says unhealthy (503)'],
    ],
    ['nothing of what was not probed yet', bad('pending', { ...BLIND, reason: 'pending' }), []],
  ])('are of %s', (_, node, expected) => {
    expect(problemsOf([node]).map(({ state, process, why }) => `${state} ${process} ${why}`)).toEqual(expected);
  });

  it('are the latest first among equals', () => {
    const nodes = ['01', '03', '02'].map((day) =>
      bad('process_unhealthy', { ...DOWN, since: `2026-01-${day}T00:00:00.000Z` }),
    );
    expect(problemsOf(nodes).map(({ since }) => since?.slice(8, 10))).toEqual(['03', '02', '01']);
  });

  it('are listed up to a limit', () => {
    const many = bad(
      'process_unhealthy',
      ...Array.from({ length: 7000 }, (_, index) => ({ ...DOWN, name: `P${index}` })),
    );
    const { html } = problemsHtml(problemsOf([many]), 0);
    expect(html.match(/<li /g)).toHaveLength(MAX_LISTED_PROBLEMS);
    expect(html).toContain(`and ${7000 - MAX_LISTED_PROBLEMS} more`);
  });
});

describe('a node as a whole', () => {
  it.each([
    ['healthy', aNodeInfo({ processes: [WARNING] }), 'UP'],
    ['blind', bad('health_unavailable', DOWN), 'UNKNOWN'],
    ['as bad as its worst process', bad('process_unhealthy', WARNING, DOWN), 'DOWN'],
    ['no better than a warning when it is not healthy', bad('genesis_503', aProcessInfo()), 'WARNING'],
  ])('is %s', (_, node, state) => {
    expect(nodeState(node)).toBe(state);
  });

  it('makes the title', () => {
    expect(overallOf([])).toEqual({ state: 'UNKNOWN', title: 'no nodes – Genesis' });
    expect(overallOf([aNodeInfo()])).toEqual({ state: 'UP', title: 'all healthy – Genesis' });
    expect(overallOf([aNodeInfo(), bad('process_unhealthy', DOWN)])).toEqual({
      state: 'DOWN',
      title: '1 not healthy – Genesis',
    });
  });
});
