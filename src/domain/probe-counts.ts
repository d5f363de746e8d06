/** How many probes finished, and how many of them failed for which reason. */
export interface ProbeCounts<Reason extends string> {
  readonly finished: number;
  readonly failures: ReadonlyMap<Reason, number>;
}

/** Counts that start at 0 for every reason, as a counter's first sample must. */
export function zeroCounts<Reason extends string>(reasons: readonly Reason[]): ProbeCounts<Reason> {
  return { finished: 0, failures: new Map(reasons.map((reason) => [reason, 0])) };
}

/** The counts after one more finished probe; `failure` is undefined after a success. */
export function countProbe<Reason extends string>(
  counts: ProbeCounts<Reason>,
  failure: Reason | undefined,
): ProbeCounts<Reason> {
  const finished = counts.finished + 1;
  if (failure === undefined) return { finished, failures: counts.failures };
  const count = (counts.failures.get(failure) ?? 0) + 1;
  return { finished, failures: new Map(counts.failures).set(failure, count) };
}
