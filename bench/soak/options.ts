import { parseArgs } from 'node:util';

/** What a soak is told by its flags. */
export interface SoakOptions {
  readonly minutes: number;
  /** The same seed brings the same faults in the same order; how they fall in with the probes differs from run to run. */
  readonly seed: number;
  readonly nodes: number;
  /** Whether the exporter, and a Prometheus where there is one, are ended by `kill -9` at times. */
  readonly kill: boolean;
}

const MIN_NODES = 4;

/** Reads `--minutes 30 --nodes 10 --seed 1 --kill`; throws a sentence about what is wrong. `anySeed` is taken when none is given. */
export function parseOptions(args: readonly string[], anySeed: number): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '30' },
      nodes: { type: 'string', default: '10' },
      seed: { type: 'string', default: String(anySeed) },
      kill: { type: 'boolean', default: false },
    },
  });
  return {
    minutes: numberIn('minutes', values.minutes, 0.1, 10_000),
    nodes: Math.floor(numberIn('nodes', values.nodes, MIN_NODES, 200)),
    seed: Math.floor(numberIn('seed', values.seed, 0, 2 ** 32 - 1)),
    kill: values.kill,
  };
}

function numberIn(flag: string, text: string, min: number, max: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= min && value <= max) return value;
  throw new Error(`--${flag}: expected a number from ${min} to ${max}, got "${text}"`);
}
