import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import type { ProcessState } from '../../src/domain/process-state.ts';
import { COLOURS } from './colours.ts';

/** A number of a panel: the word and the colour it is shown as. */
export interface Word {
  readonly value: number;
  readonly text: string;
  readonly colour: string;
}

/**
 * Each state as a number, the worse the higher, so that the maximum of several is the worst of them; UNKNOWN, which is no
 * sight of the process, is the lowest and counts only where nobody sees it.
 */
export const STATE_WORDS = {
  UP: { value: 1, text: 'UP', colour: COLOURS.blue },
  STANDBY: { value: 2, text: 'STANDBY', colour: COLOURS.sky },
  STARTING: { value: 3, text: 'STARTING', colour: COLOURS.yellow },
  WARNING: { value: 4, text: 'WARNING', colour: COLOURS.orange },
  ERROR: { value: 5, text: 'ERROR', colour: COLOURS.vermillion },
  DOWN: { value: 6, text: 'DOWN', colour: COLOURS.purple },
  UNKNOWN: { value: 0, text: 'UNKNOWN', colour: COLOURS.grey },
} as const satisfies Record<ProcessState, Word>;

/** Words for 0 and 1, where 1 is how it should be. */
export function yesNo(yes = 'yes', no = 'no'): readonly Word[] {
  return [
    { value: 1, text: yes, colour: COLOURS.blue },
    { value: 0, text: no, colour: COLOURS.orange },
  ];
}

/** What the code of Genesis' own answer says. */
export const STATUS_CODE_WORDS: readonly Word[] = [
  { value: 200, text: '200 healthy', colour: COLOURS.blue },
  { value: 503, text: '503 unhealthy', colour: COLOURS.orange },
];

/** Grafana's value mapping that shows each of these numbers as its word. */
export function mapping(words: readonly Word[]): ValueMapping {
  const options = words.map(({ value, text, colour }, index) => [value, { text, color: colour, index }]);
  return { type: MappingType.ValueToText, options: Object.fromEntries(options) };
}
