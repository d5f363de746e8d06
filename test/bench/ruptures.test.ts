import { describe, expect, it } from 'vitest';
import { readSamples } from '../../bench/soak/answer.ts';
import { createRecollection, missingButNotRed, ruptures } from '../../bench/soak/ruptures.ts';
import { type ProcessTestimony, readTestimonies, type Testimony } from '../../bench/soak/testimony.ts';

const DEATH = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-01T00:00:09.000Z';
const DOWN: ProcessTestimony = {
  state: 'DOWN',
  healthy: false,
  reason: 'not_reported',
  since: DEATH,
  changes: 3,
  reported: false,
};

function testimony(process: Partial<ProcessTestimony> | undefined, counters: readonly [string, number][] = []) {
  const processes = new Map(process === undefined ? [] : [['P', { ...DOWN, ...process }]]);
  return { askedMs: 5000, answeredMs: 5010, processes, counters: new Map(counters) } satisfies Testimony;
}

describe('what must go on', () => {
  it.each<[string, Partial<ProcessTestimony> | undefined, readonly string[]]>([
    ['it does', {}, []],
    ['a process is forgotten', undefined, ['P is forgotten']],
    ['a state begins anew', { since: LATER }, [`P is DOWN since ${LATER}, but was so since ${DEATH}`]],
    ['changes are lost', { changes: 0, since: LATER }, ['P had 3 changes and has 0']],
    ['a change is not counted', { state: 'UP', reason: null }, ['P was DOWN and is UP without a change']],
    ['a change is counted', { state: 'UP', reason: null, changes: 4, since: LATER }, []],
    [
      'a change lies before the one before',
      { state: 'UP', changes: 4, since: '2025-12-31T00:00:00.000Z' },
      [`P is UP since 2025-12-31T00:00:00.000Z, but was DOWN since ${DEATH}`],
    ],
    ['it cannot be seen', { state: 'UNKNOWN', reason: 'pending', since: null }, []],
    [
      'it cannot be seen, and changes are lost',
      { state: 'UNKNOWN', reason: 'stale', changes: 2 },
      ['P had 3 changes and has 2'],
    ],
  ])('%s', (_, now, wrong) => {
    expect(ruptures(testimony({}), testimony(now), false)).toEqual(wrong);
  });

  it('is no change of a node that has been well', () => {
    const changed = testimony({ changes: 4, since: LATER });
    expect(ruptures(testimony({}), changed, true)).toEqual(['P has changed to DOWN, but the node has been well']);
    expect(ruptures(testimony({}), testimony({}), true)).toEqual([]);
  });

  it('is every counter', () => {
    const before = testimony({}, [['a_total', 4]]);
    expect(ruptures(before, testimony({}, [['a_total', 4]]), false)).toEqual([]);
    expect(ruptures(before, testimony({}, [['a_total', 1]]), false)).toEqual(['a_total was 4 and is 1']);
    expect(ruptures(before, testimony({}), false)).toEqual(['a_total was 4 and is gone']);
  });
});

it.each<[string, Partial<ProcessTestimony>, number]>([
  ['red for it', {}, 0],
  ['a warning for it', { state: 'WARNING' }, 0],
  ['red for another reason', { reason: 'stale' }, 1],
  ['healthy', { healthy: true, reason: null, state: 'UP' }, 1],
  ['reported', { reported: true, healthy: true, reason: null, state: 'UP' }, 0],
  ['without a good answer', { reported: null, reason: 'pending' }, 0],
])('a missing process that is %s', (_, process, wrong) => {
  expect(missingButNotRed(testimony(process))).toHaveLength(wrong);
});

describe('a recollection', () => {
  const at = (answeredMs: number): Testimony => ({ ...testimony({}), answeredMs });

  it('survives kill -9 but for its last second, which is exactly one', () => {
    const recollection = createRecollection();
    for (const ms of [5000, 6000, 6001]) recollection.add(at(ms));
    expect(recollection.last?.answeredMs).toBe(6001);
    recollection.survive(7000);
    expect(recollection.last?.answeredMs).toBe(6000);
  });

  it('is empty when nothing has to go on', () => {
    const recollection = createRecollection();
    recollection.add(at(5000));
    recollection.clear();
    expect(recollection.last).toBeUndefined();
  });
});

it('reads testimonies of the nodes and of their counters alone', () => {
  const process = { name: 'P', ...DOWN, changeCount: DOWN.changes, port: 1 };
  const body = JSON.stringify({ nodes: [{ name: 'n', processes: [process] }] });
  const page = [
    'genesis_probes_total{genesis_node="n"} 4',
    'genesis_process_status_changes_total{genesis_node="n",process="P"} 3',
    'genesis_process_healthy{genesis_node="n",process="P"} 0',
    'genesis_probes_total{genesis_node="m"} 9',
    'genesis_exporter_missed_ticks_total 7',
  ].join('\n');
  const said = readTestimonies(body, readSamples(page), { askedMs: 5000, answeredMs: 5010 }).get('n');
  expect(said).toEqual(
    testimony({}, [
      ['genesis_probes_total{genesis_node="n"}', 4],
      ['genesis_process_status_changes_total{genesis_node="n",process="P"}', 3],
    ]),
  );
});
