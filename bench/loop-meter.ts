import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a program with this meter inside answers: delays of its event loop since it was last asked. */
export interface LoopDelays {
  readonly p99Ms: number;
  readonly maxMs: number;
}

const TICK_MS = 10;
const delays = monitorEventLoopDelay({ resolution: TICK_MS });
delays.enable();

process.on('message', () => {
  // The time between its own ticks is in every value.
  const since = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - TICK_MS);
  const answer: LoopDelays = { p99Ms: since(delays.percentile(99)), maxMs: since(delays.max) };
  delays.reset();
  process.send?.(answer);
});
process.channel?.unref();
