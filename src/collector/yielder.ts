import { setImmediate as nextTurn } from 'node:timers/promises';

/** Yields to the event loop if the work has blocked it for 2 ms; resolves at once otherwise. */
export type YieldIfDue = () => Promise<void>;

/** Longest time the rendering blocks the event loop, plus the step that passes it. */
const MAX_BLOCKING_MS = 2;

/** For one long piece of work that begins now: call the result between its steps. */
export function createYielder(): YieldIfDue {
  let sinceMs = performance.now();

  return async () => {
    if (performance.now() - sinceMs < MAX_BLOCKING_MS) return;
    await nextTurn();
    sinceMs = performance.now();
  };
}
