import { describe, expect, it } from 'vitest';
import { isWorse, PROCESS_STATES, type ProcessState, stateOfWord } from '../../src/domain/process-state.ts';

const ALIASES = new Map<string, ProcessState>([
  ['HEALTHY', 'UP'],
  ['RUNNING', 'STARTING'],
  ['MISSING', 'DOWN'],
  ['UP', 'DOWN'],
]);

describe('stateOfWord', () => {
  it.each(PROCESS_STATES)('knows %s in any case and between blanks', (state) => {
    expect(stateOfWord(state, ALIASES)).toBe(state);
    expect(stateOfWord(` \t${state.toLowerCase()}\n`, ALIASES)).toBe(state);
  });

  it.each([
    ['an alias', 'HEALTHY', 'UP'],
    ['an alias in another case', ' Running ', 'STARTING'],
    ['an alias that makes it worse', 'missing', 'DOWN'],
    ['one of the seven, whatever an alias says of it', 'UP', 'UP'],
    ['no word', '', 'UNKNOWN'],
    ['an unmapped word', 'INITIALISING', 'UNKNOWN'],
    ['two words', 'UP UP', 'UNKNOWN'],
    ['a blank inside', 'STAND BY', 'UNKNOWN'],
    ["a name of JavaScript's own objects", '__proto__', 'UNKNOWN'],
    ['another of them', 'constructor', 'UNKNOWN'],
    ['a megabyte', 'UP'.repeat(500_000), 'UNKNOWN'],
  ])('reads %s', (_, word, state) => {
    expect(stateOfWord(word, ALIASES)).toBe(state);
  });
});

describe('isWorse', () => {
  it('orders the states from DOWN to UP, none worse than itself', () => {
    const worstFirst: readonly ProcessState[] = ['DOWN', 'ERROR', 'UNKNOWN', 'WARNING', 'STARTING', 'STANDBY', 'UP'];
    for (const [i, a] of worstFirst.entries()) {
      for (const [j, b] of worstFirst.entries()) expect(isWorse(a, b), `${a} and ${b}`).toBe(i < j);
    }
  });
});
