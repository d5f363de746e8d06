/** Slots that the whole program shares. Waiting callers get one in the order of their calls. */
export interface Limiter {
  /** Calls `start` when a slot is free, perhaps at once. The started work calls `release` exactly once. */
  acquire(start: () => void): void;
  /** Stops waiting; false when `start` was no longer waiting. */
  cancel(start: () => void): boolean;
  release(): void;
  /** Changes the number of slots. Running work keeps its slot. */
  setMax(max: number): void;
}

/** A limiter with `max` slots. */
export function createLimiter(max: number): Limiter {
  // A Set keeps insertion order and removes an entry without moving the others.
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
