import { inTurn, median, ratios } from './stats.ts';
import { type LoadResult, load } from './wrk.ts';

/** How two servers are compared. */
export interface PairOptions {
  readonly connections: number;
  /** How long each is asked before anything counts. */
  readonly warmSeconds: number;
  /** How often each is asked for a second. */
  readonly turns: number;
}

/**
 * Asks two URLs in turn for a second each; gives the median ratios of the first by the second. The pace of a shared machine changes
 * every few seconds, for both in the same way; and of a program that rests for longer V8 takes memory back, which slows it down.
 */
export async function comparePair(subject: string, base: string, options: PairOptions): Promise<LoadResult> {
  const { connections, warmSeconds, turns } = options;
  const both = [
    { url: subject, loads: [] as LoadResult[] },
    { url: base, loads: [] as LoadResult[] },
  ] as const;
  for (const { url } of both) await load(url, { seconds: warmSeconds, connections });
  for (let turn = 0; turn < turns; turn++) {
    for (const { url, loads } of inTurn(both, turn)) loads.push(await load(url, { seconds: 1, connections }));
  }
  const ratio = (figure: keyof LoadResult) => {
    const [values, baseline] = both.map(({ loads }) => loads.map((each) => each[figure]));
    return median(ratios(values ?? [], baseline ?? []));
  };
  return { requestsPerSecond: ratio('requestsPerSecond'), p99Ms: ratio('p99Ms') };
}
