import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import type { ProcessState } from '../../src/domain/process-state.ts';
import { COLOURS } from './colours.ts';

/** The word and the colour in which a panel shows a number. */
export interface Word {
  readonly value: number;
  readonly text: string;
  readonly colour: string;
}

/**
 * Each state as a number. A worse state has a higher number, so the maximum is the worst state. UNKNOWN has the lowest number: it
 * counts only if no exporter knows the state of the process.
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

/** Words for 0 and 1, where 1 is the good value. */
export function yesNo(yes = 'yes', no = 'no'): readonly Word[] {
  return [
    { value: 1, text: yes, colour: COLOURS.blue },
    { value: 0, text: no, colour: COLOURS.orange },
  ];
}

/** Words for the status code of Genesis' own answer. */
export const STATUS_CODE_WORDS: readonly Word[] = [
  { value: 200, text: '200 healthy', colour: COLOURS.blue },
  { value: 503, text: '503 unhealthy', colour: COLOURS.orange },
];

/** Grafana's value mapping that shows each of these numbers as its word. */
export function mapping(words: readonly Word[]): ValueMapping {
  const options = words.map(({ value, text, colour }, index) => [value, { text, color: colour, index }]);
  return { type: MappingType.ValueToText, options: Object.fromEntries(options) };
}
