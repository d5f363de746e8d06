import type { HealthFailure } from '../domain/failure-reason.ts';

/** What became of the name of a target; where there are addresses, no others are connected to. */
export type Resolution =
  | { readonly kind: 'addresses' | 'refused'; readonly addresses: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: HealthFailure; readonly detail: string };
