import { setTimeout as sleep } from 'node:timers/promises';
import type { StandInNode } from './stand-in-node.ts';
import { DEMO_STORY, type Story, type StoryStep } from './story.ts';

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
