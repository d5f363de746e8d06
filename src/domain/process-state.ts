/** The seven states a Genesis process can be in, as this exporter knows them. */
export const PROCESS_STATES = ['UP', 'STANDBY', 'STARTING', 'WARNING', 'ERROR', 'DOWN', 'UNKNOWN'] as const;

/** One of the seven states. */
export type ProcessState = (typeof PROCESS_STATES)[number];

/** Words other than the seven, in upper case, and the state each stands for. */
export type StatusAliases = ReadonlyMap<string, ProcessState>;

const WORST_FIRST: readonly ProcessState[] = ['DOWN', 'ERROR', 'UNKNOWN', 'WARNING', 'STARTING', 'STANDBY', 'UP'];

const STATES: ReadonlyMap<string, ProcessState> = new Map(PROCESS_STATES.map((state) => [state, state]));

/** The state a STATUS word stands for: blanks around it and its case do not matter; an unmapped word is UNKNOWN. */
export function stateOfWord(word: string, aliases: StatusAliases): ProcessState {
  const key = word.trim().toUpperCase();
  return STATES.get(key) ?? aliases.get(key) ?? 'UNKNOWN';
}

/** True when `a` is the worse of the two states. */
export function isWorse(a: ProcessState, b: ProcessState): boolean {
  return WORST_FIRST.indexOf(a) < WORST_FIRST.indexOf(b);
}
