/** Slots that a whole program shares; who waits is served in the order of asking. */
export interface Limiter {
  /** Calls `start` with a slot: at once when one is free, else later. Who was started calls `release` exactly once. */
  acquire(start: () => void): void;
  /** Gives up waiting; false when `start` was not waiting any more. */
  cancel(start: () => void): boolean;
  release(): void;
  /** Changes how many slots there are; whoever has one keeps it. */
  setMax(max: number): void;
}

/** A limiter with `max` slots. */
export function createLimiter(max: number): Limiter {
  // A Set keeps its order and forgets one in the middle without moving the others.
  const waiting = new Set<() => void>();
  let free = max;
  let slots = max;

  function acquire(start: () => void): void {
    if (free <= 0) {
      waiting.add(start);
      return;
    }
    free -= 1;
    start();
  }

  function release(): void {
    free += 1;
    startNext();
  }

  function startNext(): void {
    const [next] = waiting;
    if (next === undefined || free <= 0) return;
    waiting.delete(next);
    free -= 1;
    next();
  }

  function setMax(count: number): void {
    free += count - slots;
    slots = count;
    while (free > 0 && waiting.size > 0) startNext();
  }

  return { acquire, cancel: (start) => waiting.delete(start), release, setMax };
}
