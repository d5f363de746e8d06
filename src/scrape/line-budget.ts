import type { Clock } from '../domain/clock.ts';

/** How many lines of one kind may be written in how much time. */
export interface LineBudgetOptions {
  readonly maxLines: number;
  readonly windowMs: number;
}

/** Limits how many log lines of one kind a node may write. */
export interface LineBudget {
  /** Whether one more line may be written now. */
  spend(): boolean;
  /** How many lines of earlier windows were refused and not reported yet; 0 most of the time. */
  settle(): number;
}

/** A budget whose window begins with the first line after the one before has ended. */
export function createLineBudget(
  { maxLines, windowMs }: LineBudgetOptions,
  { clock }: { readonly clock: Clock },
): LineBudget {
  let endsMs = Number.NEGATIVE_INFINITY;
  let written = 0;
  let refused = 0;

  function spend(): boolean {
    const nowMs = clock.monotonicMs();
    if (nowMs >= endsMs) {
      endsMs = nowMs + windowMs;
      written = 0;
    }
    if (written === maxLines) {
      refused += 1;
      return false;
    }
    written += 1;
    return true;
  }

  function settle(): number {
    if (refused === 0 || clock.monotonicMs() < endsMs) return 0;
    const untold = refused;
    refused = 0;
    return untold;
  }

  return { spend, settle };
}
