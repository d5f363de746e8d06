/** The middle of some numbers, at least one; of two in the middle their mean. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error('nothing was measured');
  return (upper + lower) / 2;
}

/** Values of one candidate by those of another of the same rounds: what a machine does to one it does to the other. */
export function ratios(values: readonly number[], baseline: readonly number[]): readonly number[] {
  if (values.length !== baseline.length) throw new Error('a ratio needs as many rounds of both');
  return values.map((value, round) => value / (baseline[round] ?? Number.NaN));
}

/** The candidates in the order of a round: the other way round in every second one, so that none is always measured first. */
export function inTurn<T>(candidates: readonly T[], round: number): readonly T[] {
  return round % 2 === 0 ? candidates : candidates.toReversed();
}
