/** Slots that a whole program shares; who waits is served in the order of asking. */
export interface Limiter {
  /** Calls `start` with a slot: at once when one is free, else later. Who was started calls `release` exactly once. */
  acquire(start: () => void): void;
  /** Gives up waiting; false when `start` was not waiting any more. */
  cancel(start: () => void): boolean;
  release(): void;
}

/** A limiter with `max` slots. */
export function createLimiter(max: number): Limiter {
  // A Set keeps its order and forgets one in the middle without moving the others.
  const waiting = new Set<() => void>();
  let free = max;

  function acquire(start: () => void): void {
    if (free === 0) {
      waiting.add(start);
      return;
    }
    free -= 1;
    start();
  }

  function release(): void {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next();
  }

  return { acquire, cancel: (start) => waiting.delete(start), release };
}
