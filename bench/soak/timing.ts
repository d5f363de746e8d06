/** How the exporter is told to probe, in milliseconds. With timeouts of half an interval no fault excuses a missed tick. */
export const TIMING = {
  intervalMs: 1000,
  timeoutMs: 500,
  /** The interval, the timeout, and half a second for a machine that is busy. */
  staleAfterMs: 2000,
  /** A connect result counts for three intervals. */
  connectValidMs: 3000,
  /** Two intervals: after this everything must be right again. */
  settleMs: 2000,
  /** So much history may be lost with `kill -9`. */
  lossMs: 1000,
} as const;
