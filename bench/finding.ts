import { median } from './stats.ts';

/** What a finding should be. */
export interface Target {
  readonly kind: 'at least' | 'at most';
  readonly value: number;
}

/** One thing that was measured, in several rounds. */
export interface Finding {
  /** What is compared with what. */
  readonly what: string;
  /** A value for each round. */
  readonly rounds: readonly number[];
  /** Behind the number; empty for a ratio. */
  readonly unit: string;
  /** Undefined for what is told for its own sake. */
  readonly target: Target | undefined;
}

/** Whether the median of the rounds is what it should be; undefined when nothing was asked. */
export function isMet({ rounds, target }: Finding): boolean | undefined {
  if (target === undefined) return undefined;
  const value = median(rounds);
  return target.kind === 'at least' ? value >= target.value : value <= target.value;
}

/** The target of a value that should be this or more. */
export function atLeast(value: number): Target {
  return { kind: 'at least', value };
}

/** The target of a value that should be this or less. */
export function atMost(value: number): Target {
  return { kind: 'at most', value };
}
