import type { EventKind, SpanState } from '../domain/history.ts';

/** One event as `/api/v1/events` tells it. */
export interface EventInfo {
  readonly id: number;
  readonly at: string | null;
  readonly betweenFrom: string | null;
  readonly betweenTo: string | null;
  readonly node: string;
  readonly process: string | null;
  readonly kind: EventKind;
  readonly from: SpanState | null;
  readonly to: SpanState | null;
  readonly reason: string | null;
  readonly message: string;
  readonly durationSeconds: number | null;
}
