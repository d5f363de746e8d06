/** A value, and the time in which it may have held; milliseconds. */
export interface Segment<T> {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly value: T;
}

/** What something was, over time. */
export interface History<T> {
  /** Notes a change that took from `startedMs` to `endedMs`: meanwhile both values may have held. */
  change(value: T, startedMs: number, endedMs: number): void;
  /** All that may have held at some moment from `fromMs` to `toMs`, oldest first. */
  during(fromMs: number, toMs: number): readonly Segment<T>[];
}

/** A history that begins with `first`, as if it had always been so, and forgets what ended `keepMs` before the last change. */
export function createHistory<T>(first: T, keepMs: number): History<T> {
  let segments: readonly Segment<T>[] = [
    { fromMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY, value: first },
  ];

  function change(value: T, startedMs: number, endedMs: number): void {
    const ended = segments.map((segment) => ({ ...segment, untilMs: Math.min(segment.untilMs, endedMs) }));
    const kept = ended.filter(({ untilMs }) => untilMs >= endedMs - keepMs);
    segments = [...kept, { fromMs: startedMs, untilMs: Number.POSITIVE_INFINITY, value }];
  }

  return {
    change,
    during: (startMs, endMs) => segments.filter(({ fromMs, untilMs }) => fromMs <= endMs && untilMs >= startMs),
  };
}
