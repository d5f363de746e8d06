import { parseArgs } from 'node:util';

/** What a bench is told by its flags. */
export interface BenchOptions {
  readonly rounds: number;
  /** Names of suites; all when there are none. */
  readonly only: readonly string[];
  /** Whether help was asked for. */
  readonly help: boolean;
  /** A folder with `dist/main.js` of an older commit, for what is compared with it; none without it. */
  readonly baseline: string | undefined;
}

const ENOUGH_ROUNDS = 5;

/** Reads `--rounds 5 --only serve --only cycle --help`; throws a sentence about what is wrong. */
export function parseOptions(args: readonly string[], suites: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: String(ENOUGH_ROUNDS) },
      only: { type: 'string', multiple: true, default: [] },
      baseline: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds: expected a number from 1, got "${values.rounds}"`);
  const unknown = values.only.find((name) => !suites.includes(name));
  if (unknown !== undefined) throw new Error(`--only: expected one of ${suites.join(', ')}, got "${unknown}"`);
  return { rounds, only: values.only, help: values.help, baseline: values.baseline };
}

/** Whether results deserve to be kept: with as many rounds as a median needs. */
export function isEnough({ rounds }: BenchOptions): boolean {
  return rounds >= ENOUGH_ROUNDS;
}
