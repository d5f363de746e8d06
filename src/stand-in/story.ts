import { setTimeout as sleep } from 'node:timers/promises';
import type { StandInNode } from './stand-in-node.ts';

/** One thing that happens in a story. */
export interface StoryStep {
  /** Milliseconds from the start of the round. */
  readonly atMs: number;
  /** One line for the viewer. */
  readonly text: string;
  apply(node: StandInNode): void | Promise<void>;
}

/** What happens to a node, over and over. */
export interface Story {
  /** In the order of their times. */
  readonly steps: readonly StoryStep[];
  /** How long one round takes. */
  readonly roundMs: number;
}

function lmdbStep(atMs: number, usedPercent: number): StoryStep {
  return {
    atMs,
    text: `GENESIS_AUTH_DATASERVER: its LMDB store is ${usedPercent} % full`,
    apply: (node) => node.setLmdb('GENESIS_AUTH_DATASERVER', usedPercent),
  };
}

/** What goes wrong on a Genesis node, in a minute: on the sample's processes, ending well. */
export const DEMO_STORY: Story = {
  roundMs: 64_000,
  steps: [
    { atMs: 0, text: 'All is well: eight processes are UP', apply: (node) => node.reset() },
    lmdbStep(4_000, 27),
    lmdbStep(7_000, 52),
    lmdbStep(10_000, 74),
    lmdbStep(13_000, 88),
    lmdbStep(16_000, 96),
    {
      atMs: 18_000,
      text: 'GENESIS_AUTH_DATASERVER: Genesis finds the store too full and says WARNING',
      apply: (node) => node.setStatus('GENESIS_AUTH_DATASERVER', 'WARNING'),
    },
    {
      atMs: 22_000,
      text: 'GENESIS_AUTH_DATASERVER: given a store of 16GB and restarted, UP',
      async apply(node) {
        await node.kill('GENESIS_AUTH_DATASERVER');
        node.setLmdb('GENESIS_AUTH_DATASERVER', 12, '16GB');
        await node.restart('GENESIS_AUTH_DATASERVER');
      },
    },
    {
      atMs: 25_000,
      text: 'GENESIS_NOTIFY: out of database connections, WARNING',
      apply(node) {
        node.setStatus('GENESIS_NOTIFY', 'WARNING');
        node.setMessage('GENESIS_NOTIFY', ';Database connection pool deadlock has been detected');
      },
    },
    {
      atMs: 31_000,
      text: 'GENESIS_NOTIFY: has connections again, UP',
      apply(node) {
        node.setStatus('GENESIS_NOTIFY', 'UP');
        node.setLmdb('GENESIS_NOTIFY', 1);
      },
    },
    {
      atMs: 34_000,
      text: 'GENESIS_ROUTER: dies; its port refuses, and Genesis still reports UP',
      apply: (node) => node.kill('GENESIS_ROUTER'),
    },
    {
      atMs: 39_000,
      text: 'GENESIS_ROUTER: Genesis has noticed and reports DOWN, with a 503',
      apply: (node) => node.die('GENESIS_ROUTER'),
    },
    { atMs: 43_000, text: 'GENESIS_ROUTER: is back, UP', apply: (node) => node.restart('GENESIS_ROUTER') },
    {
      atMs: 46_000,
      text: 'GENESIS_AUTH_PERMS: Genesis no longer lists it, and still answers 200',
      apply: (node) => node.drop('GENESIS_AUTH_PERMS'),
    },
    { atMs: 51_000, text: 'GENESIS_AUTH_PERMS: listed again', apply: (node) => node.list('GENESIS_AUTH_PERMS') },
    {
      atMs: 54_000,
      text: 'The health endpoint goes away; the processes run on',
      apply: (node) => node.setHealth({ kind: 'gone' }),
    },
    { atMs: 60_000, text: 'The health endpoint is back', apply: (node) => node.setHealth({ kind: 'normal' }) },
  ],
};

/**
 * Plays a story on a started node in a loop until `signal` aborts, then resolves. Calls `onStep` after each step; rejects
 * when a step throws. Steps keep the times of the story, however long they take.
 */
export async function playStory(
  node: StandInNode,
  onStep: (step: StoryStep) => void,
  signal: AbortSignal,
  story: Story = DEMO_STORY,
): Promise<void> {
  while (!signal.aborted) {
    const roundStartMs = performance.now();
    for (const step of story.steps) {
      await sleepUntil(roundStartMs + step.atMs, signal);
      if (signal.aborted) return;
      await step.apply(node);
      onStep(step);
    }
    await sleepUntil(roundStartMs + story.roundMs, signal);
  }
}

/** Resolves at `timeMs`, or as soon as the signal aborts. */
async function sleepUntil(timeMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(Math.max(0, timeMs - performance.now()), undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
