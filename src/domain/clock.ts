/** Where time comes from: monotonic milliseconds for ages and durations, wall-clock milliseconds since the epoch for timestamps. */
export interface Clock {
  monotonicMs(): number;
  wallMs(): number;
}
