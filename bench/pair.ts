import { inTurn, median, ratios } from './stats.ts';
import { type LoadResult, load } from './wrk.ts';

/** How two servers are compared. */
export interface PairOptions {
  readonly connections: number;
  /** How often each is asked for a second before anything counts. */
  readonly warmTurns: number;
  /** How often each is asked for a second. */
  readonly turns: number;
  /** Which start this is: in every second one the other server is asked first. */
  readonly start: number;
  /** The `Accept` header of requests to the first URL; none by default. */
  readonly subjectAccept?: string;
}

/**
 * Asks two URLs in turn for a second each; gives the median ratios of the first by the second. The pace of a shared machine changes
 * every few seconds, for both in the same way; and both rest for the same time, as a program is slower after a rest.
 */
export async function comparePair(subject: string, base: string, options: PairOptions): Promise<LoadResult> {
  const { connections, warmTurns, turns, start, subjectAccept } = options;
  const both = [
    { url: subject, accept: subjectAccept, loads: [] as LoadResult[] },
    { url: base, accept: undefined, loads: [] as LoadResult[] },
  ] as const;
  for (let turn = -warmTurns; turn < turns; turn++) {
    for (const { url, accept, loads } of inTurn(both, start)) {
      const result = await load(url, { seconds: 1, connections, accept });
      if (turn >= 0) loads.push(result);
    }
  }
  const ratio = (figure: keyof LoadResult) => {
    const [values, baseline] = both.map(({ loads }) => loads.map((each) => each[figure]));
    return median(ratios(values ?? [], baseline ?? []));
  };
  return { requestsPerSecond: ratio('requestsPerSecond'), p99Ms: ratio('p99Ms') };
}
