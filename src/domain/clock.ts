/** Source of time: monotonic milliseconds for ages and durations, wall-clock milliseconds since the epoch for timestamps. */
export interface Clock {
  monotonicMs(): number;
  wallMs(): number;
}

/** Smaller differences of the two clocks are ignored: they come from clock corrections and from reading one clock after the other. */
const MIN_JUMP_MS = 250;

/**
 * A clock for the age of evidence. The monotonic clock stops while the machine is suspended and the wall clock does not, so this
 * one adds every forward jump of the wall clock to the monotonic time. A backward jump changes nothing.
 */
export function createEvidenceClock(clock: Clock): Clock {
  let aheadMs = clock.wallMs() - clock.monotonicMs();
  let jumpsMs = 0;

  function monotonicMs(): number {
    const nowMs = clock.monotonicMs();
    const nowAheadMs = clock.wallMs() - nowMs;
    if (nowAheadMs - aheadMs >= MIN_JUMP_MS) {
      jumpsMs += nowAheadMs - aheadMs;
      aheadMs = nowAheadMs;
    }
    aheadMs = Math.min(aheadMs, nowAheadMs);
    return nowMs + jumpsMs;
  }

  return { monotonicMs, wallMs: clock.wallMs };
}
