import { setImmediate as turn } from 'node:timers/promises';

/** Lets everything else have its turn once this has gone on for too long; resolves at once otherwise. */
export type Breathe = () => Promise<void>;

/** How long pages are worked at in one go, and a step of the work more. */
const MAX_BLOCKING_MS = 2;

/** A breather for long work, which begins now. */
export function createBreather(): Breathe {
  let sinceMs = performance.now();

  return async () => {
    if (performance.now() - sinceMs < MAX_BLOCKING_MS) return;
    await turn();
    sinceMs = performance.now();
  };
}
