import { describe, expect, it } from 'vitest';
import type { Answer, Row, Verdict } from '../../bench/soak/answer.ts';
import { createHistory, type History } from '../../bench/soak/history.ts';
import { contradictions, describeHistory, type Witness } from '../../bench/soak/oracle.ts';
import type { NodeTruth, ProcessTruth } from '../../bench/soak/truth.ts';

const ASKED_MS = 100_000;

/** A change, this many milliseconds before the answer was asked for. */
type Change = readonly [agoMs: number, process: Partial<ProcessTruth>, answers?: NodeTruth['answers']];

function historyOf(changes: readonly Change[], acceptedWords: readonly string[]): History<NodeTruth> {
  let process: ProcessTruth = { name: 'P', status: 'UP', listed: true, listening: true };
  let answers: NodeTruth['answers'] = 'at_once';
  const other: ProcessTruth = { name: 'Q', status: 'UP', listed: true, listening: true };
  const truth = (): NodeTruth => ({ answers, acceptedWords, processes: [process, other] });
  const history = createHistory(truth(), 60_000);
  for (const [agoMs, change, next] of changes) {
    process = { ...process, ...change };
    answers = next ?? answers;
    history.change(truth(), ASKED_MS - agoMs, ASKED_MS - agoMs);
  }
  return history;
}

function judge(
  changes: readonly Change[],
  said: Partial<Answer>,
  witness: Partial<Witness> = {},
  words = ['UP', 'STANDBY'],
  isStalled = false,
) {
  const answer: Answer = { askedMs: ASKED_MS, answeredMs: ASKED_MS + 20, rows: [], verdicts: [], ...said };
  const shownMs = new Map(['P', 'Q'].map((name) => [name, 0]));
  const known: Witness = {
    history: historyOf(changes, words),
    sinceMs: 0,
    shownMs,
    bornMs: 0,
    isProbed: true,
    ...witness,
  };
  return contradictions(answer, new Map([['n', known]]), () => isStalled);
}

const rows = (status: string): readonly Row[] => [
  { node: 'n', process: 'P', status },
  { node: 'n', process: 'Q', status: 'UP' },
];
const verdict = (healthy: boolean): readonly Verdict[] => [{ nodes: ['n'], process: undefined, healthy }];

const DEAD: Change[] = [[5000, { listening: false }]];

describe('a process greener than the truth', () => {
  it.each<[string, readonly Change[], string, boolean]>([
    ['UP, and it was a moment ago', [[1900, { status: 'DOWN' }]], 'UP', true],
    ['UP, and it was too long ago', [[2100, { status: 'DOWN' }]], 'UP', false],
    [
      'UP, and has just become so',
      [
        [9000, { status: 'DOWN' }],
        [-10, { status: 'UP' }],
      ],
      'UP',
      true,
    ],
    [
      'UP, and became so only after the answer',
      [
        [9000, { status: 'DOWN' }],
        [-30, { status: 'UP' }],
      ],
      'UP',
      false,
    ],
    [
      'UP between two moments of DOWN',
      [
        [9000, { status: 'DOWN' }],
        [900, { status: 'UP' }],
        [899, { status: 'DOWN' }],
      ],
      'UP',
      true,
    ],
    ['UP, while no answer could be had', [[2100, {}, 'never']], 'UP', false],
    ['WARNING, while no answer could be had', [[2100, {}, 'never']], 'WARNING', false],
    ['UNKNOWN, while no answer could be had', [[2100, {}, 'never']], 'UNKNOWN', true],
    ['UP by an answer that came late', [[2100, {}, 'late']], 'UP', true],
    ['UP with a port long closed', DEAD, 'UP', false],
    ['UP with a port closed not so long', [[2900, { listening: false }]], 'UP', true],
    ['STANDBY with a port long closed', [[5000, { listening: false, status: 'STANDBY' }]], 'STANDBY', true],
    ['UP, though it stood by', [[5000, { status: 'STANDBY' }]], 'UP', false],
    ['WARNING with a port long closed', [[5000, { listening: false, status: 'WARNING' }]], 'WARNING', false],
    ['WARNING, not listed', [[5000, { listed: false }]], 'WARNING', true],
    ['UP, not listed', [[5000, { listed: false }]], 'UP', false],
    ['WARNING, not listed with a port long closed', [[5000, { listed: false, listening: false }]], 'WARNING', false],
    ['a word that claims nothing', [[5000, { status: 'HIBERNATING' }]], 'HIBERNATING', true],
    ['STARTING for a word that claims nothing', [[5000, { status: 'HIBERNATING' }]], 'STARTING', false],
    ['DOWN, which claims nothing', [[5000, { status: 'ERROR' }]], 'DOWN', true],
  ])('%s', (_, changes, status, isRight) => {
    expect(judge(changes, { rows: rows(status).slice(0, 1) })).toEqual(
      isRight ? [] : [`n: P ${status} is greener than it was`],
    );
  });

  it('is one with a closed port only when the exporter has long shown it', () => {
    const shownMs = new Map([['P', ASKED_MS - 2900]]);
    expect(judge(DEAD, { rows: rows('UP') }, { shownMs })).toEqual([]);
    expect(judge(DEAD, { rows: rows('UP') }, { shownMs: new Map() })).toEqual([]);
  });

  it('is not looked for on a node that nobody knows', () => {
    const row = { node: 'other', process: 'P', status: 'UP' };
    expect(judge(DEAD, { rows: [row] })).toEqual([]);
  });
});

describe('a node healthier than the truth', () => {
  it.each<[string, readonly Change[], boolean]>([
    ['it was, a moment ago', [[1900, { status: 'ERROR' }]], true],
    ['it was, too long ago', [[2100, { status: 'ERROR' }]], false],
    ['it gave no answer', [[2100, {}, 'never']], false],
    ['it left out a process', [[2100, { listed: false }]], false],
    ['a process stands by without a port', [[9000, { status: 'STANDBY', listening: false }]], true],
    ['a process has a WARNING', [[9000, { status: 'WARNING' }]], false],
  ])('%s', (_, changes, isRight) => {
    const wrong = judge(changes, { rows: rows('UP'), verdicts: verdict(true) }, { sinceMs: Number.POSITIVE_INFINITY });
    expect(wrong.filter((line) => line.includes('healthier'))).toEqual(isRight ? [] : ['n: healthier than it was']);
  });

  it('is none with a WARNING that Genesis itself takes for healthy', () => {
    const said = { rows: rows('WARNING'), verdicts: verdict(true) };
    expect(judge([[9000, { status: 'WARNING' }]], said, {}, ['UP', 'STANDBY', 'WARNING'])).toEqual([]);
  });

  it('is none that leaves out a process which was never shown', () => {
    const said = { rows: rows('UP').slice(1), verdicts: verdict(true) };
    const changes: Change[] = [[9000, { listed: false }]];
    expect(judge(changes, said, { shownMs: new Map() })).toEqual([]);
    expect(judge(changes, said)).toEqual(['n: healthier than it was']);
  });

  it('is one that shows an unhealthy process itself, or none', () => {
    const changes: Change[] = [[1000, { status: 'ERROR' }]];
    expect(judge(changes, { rows: rows('ERROR'), verdicts: verdict(true) })).toEqual(['healthy with n: P ERROR']);
    expect(judge(changes, { verdicts: verdict(true) })).toEqual(['n: healthy without a process']);
  });
});

describe('redder than the truth', () => {
  const RED = { rows: rows('DOWN'), verdicts: verdict(false) };
  const WRONG = ['n: P DOWN, but the node has been well', 'not healthy, but well: n'];

  it.each<[string, readonly Change[], Partial<Witness>, readonly string[]]>([
    ['it has been well all the time', [], {}, WRONG],
    [
      'it has been well for two intervals',
      [
        [9000, { status: 'DOWN' }],
        [2000.5, { status: 'UP' }],
      ],
      {},
      WRONG,
    ],
    [
      'it has been well for less',
      [
        [9000, { status: 'DOWN' }],
        [1999, { status: 'UP' }],
      ],
      {},
      [],
    ],
    ['it has answered, but late', [[9000, {}, 'late']], {}, []],
    ['something has just happened', [[-10, { listening: false }]], {}, []],
    ['the exporter has not known it for long', [], { sinceMs: ASKED_MS - 1999 }, []],
    ['the exporter may not know it', [], { sinceMs: Number.POSITIVE_INFINITY }, []],
  ])('%s', (_, changes, witness, wrong) => {
    expect(judge(changes, RED, witness)).toEqual(wrong);
  });

  it('is excused on a machine that stalled, and only that', () => {
    expect(judge([], RED, {}, ['UP'], true)).toEqual([]);
    expect(judge(DEAD, { rows: rows('UP').slice(0, 1) }, {}, ['UP'], true)).toEqual(['n: P UP is greener than it was']);
  });

  it('is an answer without a process that there is', () => {
    expect(judge([], { rows: rows('UP').slice(1), verdicts: verdict(true) })).toEqual([
      'n: not every process is shown',
    ]);
  });

  it('is no verdict on one process that leaves out the others, and none on no node', () => {
    const one = { nodes: ['n'], process: 'Q', healthy: true };
    const none = { nodes: [], process: undefined, healthy: false };
    expect(judge([], { rows: rows('UP').slice(1), verdicts: [one, none] })).toEqual([]);
  });
});

describe('a new life of the exporter', () => {
  const born = { bornMs: ASKED_MS - 1000, sinceMs: ASKED_MS - 1000 };
  const UP = { rows: rows('UP').slice(0, 1) };

  it.each<[string, readonly Change[], Partial<Witness>, boolean]>([
    ['has asked the node, which was well', [], born, true],
    ['has not asked the node', [], { ...born, isProbed: false }, false],
    ['knows nothing of what ended before it', [[1500, { status: 'DOWN' }]], born, false],
    ['knows what ended after its begin', [[900, { status: 'DOWN' }]], born, true],
    ['is not told of by an answer that was asked for before', [], { bornMs: ASKED_MS + 1, isProbed: false }, true],
  ])('%s', (_, changes, witness, isRight) => {
    expect(judge(changes, UP, witness)).toEqual(isRight ? [] : ['n: P UP is greener than it was']);
    const healthy = judge(changes, { rows: rows('UP'), verdicts: verdict(true) }, witness);
    expect(healthy.includes('n: healthier than it was')).toBe(!isRight);
  });

  it('claims nothing of a node that it has not asked', () => {
    expect(judge([], { rows: rows('UNKNOWN').slice(0, 1) }, { ...born, isProbed: false })).toEqual([]);
  });
});

it('tells the truths that an answer is judged by', () => {
  const answer: Answer = { askedMs: ASKED_MS, answeredMs: ASKED_MS + 20, rows: [], verdicts: [] };
  const history = historyOf(
    [
      [1500, { listening: false, listed: false }],
      [500, {}, 'never'],
    ],
    [],
  );
  expect(describeHistory(answer, { history, sinceMs: ASKED_MS - 3000 })).toEqual([
    '  known to the exporter since -3.000 s',
    '  ever to -1.500: well',
    '  -1.500 to -0.500: P UP not listed port closed',
    '  -0.500 to ever: answers never, P UP not listed port closed',
  ]);
});
