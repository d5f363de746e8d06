import type { HealthMode } from '../../src/stand-in/health-mode.ts';
import type { StandInNode } from '../../src/stand-in/stand-in-node.ts';
import type { Random } from './random.ts';
import type { NodeTruth } from './truth.ts';

/** Something that goes wrong with a node and is put right again. */
export interface Fault {
  begin(node: StandInNode): void | Promise<void>;
  end(node: StandInNode): void | Promise<void>;
  /** What the node's answers are meanwhile; as they were when undefined. */
  readonly answers?: NodeTruth['answers'];
}

/** Longer than the exporter waits, whatever its clock. */
const TOO_LATE_MS = 900;

const MODES: readonly (readonly [HealthMode, NodeTruth['answers']])[] = [
  [{ kind: 'hang' }, 'never'],
  [{ kind: 'hang-mid-body' }, 'never'],
  [{ kind: 'slow', delayMs: TOO_LATE_MS }, 'never'],
  [{ kind: 'slow', delayMs: 250 }, 'late'],
  [{ kind: 'trickle', chunkBytes: 200, delayMs: 40 }, 'late'],
  [{ kind: 'cut' }, 'never'],
  [{ kind: 'reset' }, 'never'],
  [{ kind: 'garbage' }, 'never'],
  [{ kind: 'html' }, 'never'],
  [{ kind: 'answer', statusCode: 500 }, 'never'],
  [{ kind: 'gone' }, 'never'],
];

/** What can go wrong with the node's answers; what `kill -9` of all its processes does is one of them. */
export const HEALTH_FAULTS: readonly Fault[] = [
  { begin: (node) => node.stop(), end: (node) => node.start(), answers: 'never' },
  ...MODES.map(
    ([mode, answers]): Fault => ({
      begin: (node) => node.setHealth(mode),
      end: (node) => node.setHealth({ kind: 'normal' }),
      answers,
    }),
  ),
];

// WARNING more often than the others, for it is healthy on some nodes and not on others.
const WORDS = ['WARNING', 'WARNING', 'WARNING', 'STANDBY', 'STARTING', 'ERROR', 'DOWN', 'UNKNOWN', 'HIBERNATING', ''];

/** One of the things that can go wrong with a process. */
export function processFault(process: string, random: Random): Fault {
  const word = random.pick(WORDS);
  return random.pick<Fault>([
    { begin: (node) => node.kill(process), end: (node) => node.restart(process) },
    { begin: (node) => node.die(process), end: (node) => node.restart(process) },
    { begin: (node) => node.setStatus(process, word), end: (node) => node.setStatus(process, 'UP') },
    { begin: (node) => node.drop(process), end: (node) => node.list(process) },
    {
      async begin(node) {
        node.setStatus(process, word);
        await node.kill(process);
      },
      end: (node) => node.restart(process),
    },
    {
      async begin(node) {
        node.drop(process);
        await node.kill(process);
      },
      async end(node) {
        await node.restart(process);
        node.list(process);
      },
    },
  ]);
}
