import { setImmediate as turn } from 'node:timers/promises';

/** Lets everything else have its turn once this has gone on for too long; resolves at once otherwise. */
export type Breathe = () => Promise<void>;

/** How long pages are worked at in one go. */
export const MAX_BLOCKING_MS = 2;

/** A breather for long work that is to hold the event loop for `maxMs` at a time, and a step of the work more. */
export function createBreather(maxMs: number): Breathe {
  let sinceMs = performance.now();

  return async () => {
    if (performance.now() - sinceMs < maxMs) return;
    await turn();
    sinceMs = performance.now();
  };
}
