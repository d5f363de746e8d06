import { createStopper, type StopSignal } from '../domain/stop-signal.ts';

/** Runs `work` with a signal that is aborted after `timeoutMs`, or together with `stop`. */
export async function withDeadline<T>(
  timeoutMs: number,
  stop: StopSignal,
  work: (signal: StopSignal) => Promise<T>,
): Promise<T> {
  const over = createStopper();
  if (stop.aborted) over.stop();
  const timer = setTimeout(over.stop, timeoutMs);
  stop.addEventListener('abort', over.stop);
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', over.stop);
  }
}

/** Waits for work that takes no signal, such as reading a file on a dead disk. Rejects when the signal is aborted first. */
export function untilAborted<T>(promise: Promise<T>, signal: StopSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new Error('aborted'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
