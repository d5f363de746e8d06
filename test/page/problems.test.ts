import { describe, expect, it } from 'vitest';
import { nodeState } from '../../src/page/node-section.ts';
import { overallState } from '../../src/page/overview.ts';
import { groupProblems, MAX_LISTED_PROBLEMS, problemsHtml, problemsOf } from '../../src/page/problems.ts';
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

const LOOK = { nowMs: 0, root: './' };

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
    const { html } = problemsHtml(problemsOf([many]), LOOK);
    expect(html.match(/<li /g)).toHaveLength(MAX_LISTED_PROBLEMS);
    expect(html).toContain(`and ${7000 - MAX_LISTED_PROBLEMS} more`);
  });

  it('are one line that unfolds where three nodes or more have the same', () => {
    const nodes = ['a', 'b', 'c', 'd'].map((name, index) =>
      aNodeInfo({
        name,
        healthy: false,
        reason: 'process_unhealthy',
        processes: [
          { ...DOWN, message: `;exporter: refused by ${name}`, since: `2026-01-0${index + 1}T00:00:00.000Z` },
          ...(index < 2 ? [WARNING] : []),
        ],
      }),
    );
    const groups = groupProblems(problemsOf(nodes));
    expect(groups.map(({ problems }) => problems.map(({ node }) => node))).toEqual([
      ['d', 'c', 'b', 'a'],
      ['a'],
      ['b'],
    ]);
    const { html } = problemsHtml(problemsOf(nodes), { ...LOOK, nowMs: Date.parse('2026-01-05T00:00:00Z') });
    expect(html).toMatch(
      /<details><summary class="group-line">.*GENESIS_ROUTER <span class="tags">on 4 nodes<\/span>.*>4 d<.*its port does not answer<\/span><\/summary>/,
    );
    expect(html).toContain('refused by c');
    expect(html.match(/<li id="problem:/g)).toHaveLength(6);
  });

  it('are one line where many nodes give no answer, with the first of them below', () => {
    const nodes = Array.from({ length: 1000 }, (_, index) =>
      aNodeInfo({ ...bad('health_unavailable'), name: `n${index}` }),
    );
    const { html } = problemsHtml(problemsOf(nodes), LOOK);
    expect(html).toContain('node <span class="tags">on 1000 nodes</span>');
    expect(html.match(/<li id="problem:/g)).toHaveLength(MAX_LISTED_PROBLEMS);
    expect(html).toContain(`and ${1000 - MAX_LISTED_PROBLEMS} more`);
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
    expect(overallState([])).toEqual({ state: 'UNKNOWN', title: 'no nodes – Genesis' });
    expect(overallState([aNodeInfo()])).toEqual({ state: 'UP', title: 'all healthy – Genesis' });
    expect(overallState([aNodeInfo(), bad('process_unhealthy', DOWN)])).toEqual({
      state: 'DOWN',
      title: '1 not healthy – Genesis',
    });
  });
});
