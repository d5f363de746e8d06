import { DEFAULTS } from './defaults.ts';
import { formatDuration } from './duration.ts';
import type { Path, Problem } from './problem.ts';
import type { GlobalsDocument } from './schema.ts';

/** How often a node is probed, and how long its evidence and its roster count; milliseconds. */
export interface Timing {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly staleAfterMs: number;
  readonly forgetAfterMs: number;
}

type TimingKey = 'scrape_interval' | 'scrape_timeout' | 'stale_after';

/** The keys that set a timing, for a node or for all. */
export type TimingDocument = Pick<GlobalsDocument, TimingKey | 'forget_after'>;

/** The timing of a node. Its own keys take precedence over the keys for all nodes, and these over the defaults. */
export function resolveTiming(node: TimingDocument, globals: TimingDocument): Timing {
  const intervalMs = node.scrape_interval ?? globals.scrape_interval ?? DEFAULTS.intervalMs;
  return {
    intervalMs,
    timeoutMs: node.scrape_timeout ?? globals.scrape_timeout ?? Math.min(DEFAULTS.timeoutMs, intervalMs),
    staleAfterMs: node.stale_after ?? globals.stale_after ?? DEFAULTS.staleAfterIntervals * intervalMs,
    forgetAfterMs: node.forget_after ?? globals.forget_after ?? DEFAULTS.forgetAfterMs,
  };
}

/** Contradictions in the timing of the node at `at`. */
export function timingProblems(node: TimingDocument, globals: TimingDocument, at: Path): readonly Problem[] {
  const { intervalMs, timeoutMs, staleAfterMs } = resolveTiming(node, globals);
  const [interval, timeout, stale] = [intervalMs, timeoutMs, staleAfterMs].map(formatDuration);
  if (timeoutMs > intervalMs) {
    const message = `scrape_timeout (${timeout}) is longer than scrape_interval (${interval})`;
    return [blame(['scrape_timeout', 'scrape_interval'], message)];
  }
  if (staleAfterMs < intervalMs + timeoutMs) {
    const message = `stale_after (${stale}) is shorter than scrape_interval (${interval}) and scrape_timeout (${timeout})`;
    return [blame(['stale_after', 'scrape_interval', 'scrape_timeout'], `${message} together`)];
  }
  return [];

  /** Reports the problem at one of the node's own keys, or at a key for all nodes if the node sets none. */
  function blame(keys: readonly TimingKey[], message: string): Problem {
    const own = keys.find((key) => node[key] !== undefined);
    const shared = keys.filter((key) => globals[key] !== undefined);
    const path = own === undefined ? shared.slice(0, 1) : [...at, own];
    const from = keys.flatMap((key) => [[...at, key], ...(node[key] === undefined ? [[key]] : [])]);
    return { path, message, from };
  }
}
