import { parseArgs } from 'node:util';

/** What a soak is told by its flags. */
export interface SoakOptions {
  readonly minutes: number;
  /** The same seed brings the same faults in the same order; how they fall in with the probes differs from run to run. */
  readonly seed: number;
  readonly nodes: number;
  /** Whether the exporter, and a Prometheus where there is one, are ended by `kill -9` at times. */
  readonly kill: boolean;
  /** Whether help was asked for. */
  readonly help: boolean;
}

interface NumberFlag {
  readonly min: number;
  readonly max: number;
  readonly fallback?: number;
  readonly meaning: string;
}

const MINUTES: NumberFlag = { min: 0.1, max: 10_000, fallback: 30, meaning: 'how long' };
const NODES: NumberFlag = { min: 4, max: 200, fallback: 10, meaning: 'stand-in nodes' };
const SEED: NumberFlag = { min: 0, max: 2 ** 32 - 1, meaning: 'brings the faults of an earlier run again' };

/** What `--help` prints. */
export const HELP = `npm run soak -- [--minutes N] [--nodes N] [--seed N] [--kill]

Runs the exporter on stand-in nodes with storms of faults and calms between them, and holds every answer of /health/status and
/metrics against what was true on the nodes. It ends at the first answer that is greener than the truth, or red for too long, and
tells the truth around it; at the end memory and file descriptors must not have grown and no tick may have been missed. A line
every 10 s says how it goes. Exits 0 when all was well, else 1. It is for Linux; docs/operations.md says more.

${numberLine('minutes', MINUTES)}
${numberLine('nodes', NODES)}
${numberLine('seed', SEED)}
  --kill       also ends the exporter, and a Prometheus where there is one, by kill -9 at times
  --help       prints this
`;

/** Reads `--minutes 30 --nodes 10 --seed 1 --kill --help`; throws a sentence about what is wrong. `anySeed` is taken when none is given. */
export function parseOptions(args: readonly string[], anySeed: number): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: String(MINUTES.fallback) },
      nodes: { type: 'string', default: String(NODES.fallback) },
      seed: { type: 'string', default: String(anySeed) },
      kill: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    minutes: numberIn('minutes', values.minutes, MINUTES),
    nodes: Math.floor(numberIn('nodes', values.nodes, NODES)),
    seed: Math.floor(numberIn('seed', values.seed, SEED)),
    kill: values.kill,
    help: values.help,
  };
}

function numberIn(flag: string, text: string, { min, max }: NumberFlag): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= min && value <= max) return value;
  throw new Error(`--${flag}: expected a number from ${min} to ${max}, got "${text}"`);
}

function numberLine(flag: string, { min, max, fallback, meaning }: NumberFlag): string {
  return `  ${`--${flag} N`.padEnd(13)}${meaning}, ${min} to ${max}; ${fallback ?? 'a random one'} unless given`;
}
