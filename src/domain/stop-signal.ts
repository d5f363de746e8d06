/** Says that something is to end. An AbortSignal is one. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Tells once, through its signal, that something is to end. */
export interface Stopper {
  readonly signal: StopSignal;
  stop(): void;
}

/** What an AbortController is, for less: a probe cycle needs several, and some three per cent of its processor time went into them. */
export function createStopper(): Stopper {
  const listeners: (() => void)[] = [];
  let aborted = false;

  const signal: StopSignal = {
    get aborted() {
      return aborted;
    },
    addEventListener(_type, listener) {
      if (!aborted) listeners.push(listener);
    },
    removeEventListener(_type, listener) {
      const at = listeners.indexOf(listener);
      if (at >= 0) listeners.splice(at, 1);
    },
  };

  function stop(): void {
    aborted = true;
    while (listeners.length > 0) listeners.shift()?.();
  }

  return { signal, stop };
}
