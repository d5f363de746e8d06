import { describe, expect, it } from 'vitest';
import { type Histories, recordStates, type StateSeen } from '../../src/domain/transition.ts';

function seen(state: StateSeen['state'], reason?: StateSeen['reason'], name = 'A'): StateSeen {
  return { name, state, reason, message: '' };
}

/** The histories and all transitions after these looks at 1000, 2000, 3000, ... ms. */
function looks(...each: readonly (readonly StateSeen[])[]) {
  let histories: Histories = new Map();
  const transitions: string[] = [];
  for (const [index, states] of each.entries()) {
    const step = recordStates(histories, states, (index + 1) * 1000);
    histories = step.histories;
    transitions.push(...step.transitions.map(({ process, from, to, reason }) => `${process} ${from} ${to} ${reason}`));
  }
  return { histories, transitions };
}

describe('recordStates', () => {
  it.each([
    ['nothing seen', [[]], []],
    ['the first state', [[seen('DOWN', 'reported')]], []],
    ['the same state again', [[seen('UP')], [seen('UP')]], []],
    ['the same state for another reason', [[seen('DOWN', 'reported')], [seen('DOWN', 'connect_failed')]], []],
    ['a change', [[seen('UP')], [seen('DOWN', 'reported')]], ['A UP DOWN reported']],
    [
      'a change and back',
      [[seen('UP')], [seen('WARNING', 'reported')], [seen('UP')]],
      ['A UP WARNING reported', 'A WARNING UP undefined'],
    ],
    ['a word that means UNKNOWN', [[seen('UP')], [seen('UNKNOWN', 'reported')]], ['A UP UNKNOWN reported']],
    ['a row without a word', [[seen('UP')], [seen('UNKNOWN', 'bad_row')]], ['A UP UNKNOWN bad_row']],
    ['blindness first', [[seen('UNKNOWN', 'pending')], [seen('UP')]], []],
    ['blindness between equal states', [[seen('UP')], [seen('UNKNOWN', 'stale')], [seen('UP')]], []],
    [
      'blindness between two states',
      [[seen('UP')], [seen('UNKNOWN', 'health_unavailable')], [seen('DOWN', 'reported')]],
      ['A UP DOWN reported'],
    ],
    [
      'two processes apart',
      [
        [seen('UP'), seen('UP', undefined, 'B')],
        [seen('UP'), seen('DOWN', 'reported', 'B')],
      ],
      ['B UP DOWN reported'],
    ],
    ['one that went and came back as another', [[seen('UP')], [], [seen('DOWN', 'reported')]], []],
  ] as const)('counts the changes of %s', (_, each, transitions) => {
    expect(looks(...each).transitions).toEqual(transitions);
  });

  it('remembers since when, how often and when last', () => {
    expect(looks([seen('UP')], [seen('UP')]).histories.get('A')).toEqual({
      state: 'UP',
      sinceMs: 1000,
      changes: 0,
      lastChangeAtMs: undefined,
      recent: [],
    });
    expect(looks([seen('UP')], [seen('DOWN', 'reported')], [seen('UP')], [seen('UP')]).histories.get('A')).toEqual({
      state: 'UP',
      sinceMs: 3000,
      changes: 2,
      lastChangeAtMs: 3000,
      recent: [
        { atMs: 2000, from: 'UP', to: 'DOWN', reason: 'reported', message: '' },
        { atMs: 3000, from: 'DOWN', to: 'UP', reason: undefined, message: '' },
      ],
    });
  });

  it('remembers the last twenty changes and no more', () => {
    const flapping = Array.from({ length: 50 }, (_, index) => [seen(index % 2 === 0 ? 'UP' : 'DOWN')]);
    const history = looks(...flapping).histories.get('A');
    expect(history?.changes).toBe(49);
    expect(history?.recent.map(({ atMs }) => atMs)).toEqual(
      Array.from({ length: 20 }, (_, index) => 31_000 + index * 1000),
    );
  });

  it('remembers the beginning of the message that a change came with', () => {
    const long = { ...seen('WARNING', 'reported'), message: `é${'x'.repeat(5000)}` };
    expect(looks([seen('UP')], [long]).histories.get('A')?.recent[0]?.message).toBe(`é${'x'.repeat(199)}`);
  });

  it.each(['pending', 'health_unavailable', 'stale'] as const)('keeps a history through %s', (reason) => {
    const { histories } = looks([seen('UP')], [seen('UNKNOWN', reason)]);
    expect(histories.get('A')).toMatchObject({ state: 'UP', sinceMs: 1000, changes: 0 });
    expect(looks([seen('UNKNOWN', reason)]).histories.size).toBe(0);
  });

  it('drops the history of who is not shown any more', () => {
    expect([...looks([seen('UP'), seen('UP', undefined, 'B')], [seen('UP')]).histories.keys()]).toEqual(['A']);
  });
});

describe('recordStates, of several processes', () => {
  it('keeps the very history of one that stays while another changes', () => {
    const before = looks([seen('UP'), seen('UP', undefined, 'B')]).histories;
    const { histories, transitions } = recordStates(
      before,
      [seen('DOWN', 'reported'), seen('UP', undefined, 'B')],
      2000,
    );
    expect(histories.get('B')).toBe(before.get('B'));
    expect(transitions).toMatchObject([{ process: 'A', from: 'UP', to: 'DOWN' }]);
  });

  it('begins anew with one of another name, though there are as many', () => {
    const before = looks([seen('UP')]).histories;
    const { histories } = recordStates(before, [seen('UP', undefined, 'B')], 2000);
    expect([...histories]).toMatchObject([['B', { state: 'UP', sinceMs: 2000, changes: 0 }]]);
  });
});
