import type { EventKind, SpanState } from '../domain/history.ts';
import { STATES_BEST_FIRST, type StripSpan, type StripWindow } from './strip-shapes.ts';
import { lengthText } from './time.ts';

/** A strip in one sentence, the worst state first: `DOWN 2 times, 4 min in all; UP 23 h 56 min`. `spans` fill the window. */
export function stripSummary(spans: readonly StripSpan[], { fromMs, toMs }: StripWindow): string {
  const sums = new Map<SpanState, { count: number; ms: number }>();
  for (const span of spans) {
    const { count, ms } = sums.get(span.state) ?? { count: 0, ms: 0 };
    sums.set(span.state, { count: count + 1, ms: ms + span.toMs - span.fromMs });
  }
  const parts = STATES_BEST_FIRST.toReversed().flatMap((state) => {
    const sum = sums.get(state);
    if (sum === undefined) return [];
    const { count, ms } = sum;
    return [`${stateWords(state)} ${count > 1 ? `${count} times, ${lengthText(ms)} in all` : lengthText(ms)}`];
  });
  return `${parts.join('; ')}, in ${lengthText(toMs - fromMs)}`;
}

/** What an event is called that is no change of state. */
export const EVENT_KIND_WORDS: Readonly<Record<Exclude<EventKind, 'state'>, string>> = {
  probe_failures: 'probes failed',
  not_watched: 'not watched',
  forgotten: 'forgotten: it was missing for so long that it has no row any more',
};

/** A state in words for people. */
export function stateWords(state: SpanState): string {
  switch (state) {
    case 'HEALTHY':
      return 'healthy';
    case 'UNHEALTHY':
      return 'not healthy';
    case 'NOT_WATCHED':
      return 'not watched';
    default:
      return state;
  }
}
