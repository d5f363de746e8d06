import type { Samples } from './answer.ts';

/** What the exporter says of itself at one moment. */
export interface Sample {
  /** Since the soak began. */
  readonly minutes: number;
  /** Which life of the exporter it was taken in, from 1. */
  readonly life: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly openFds: number;
  /** Since the page before. */
  readonly lagP99Seconds: number;
  readonly missedTicks: number;
  readonly internalErrors: number;
  /** Whether the machine stalled in the two intervals before. */
  readonly afterStall: boolean;
}

/** When a sample was taken, and of whom. */
export type SampleOrigin = Pick<Sample, 'minutes' | 'life' | 'afterStall'>;

// The histogram behind it has the time between its own ticks in every value.
const LAG_TICK_SECONDS = 0.1;

/** Reads a sample from a page of metrics; what is not on the page is NaN. */
export function readSample(page: Samples, origin: SampleOrigin): Sample {
  const value = (name: string): number => page.get(name) ?? Number.NaN;
  return {
    ...origin,
    residentBytes: value('process_resident_memory_bytes'),
    heapBytes: value('nodejs_heap_size_used_bytes'),
    openFds: value('process_open_fds'),
    lagP99Seconds: Math.max(0, value('nodejs_eventloop_lag_p99_seconds') - LAG_TICK_SECONDS),
    missedTicks: value('genesis_exporter_missed_ticks_total'),
    internalErrors: value('genesis_exporter_internal_errors_total'),
  };
}

const MIB = 2 ** 20;

/** The head of the table that `tableLine` goes on with. */
export const TABLE_HEAD = ' minute  life    RSS MiB   heap MiB   fds   lag p99 ms   missed    checked   stalls';

/** One line of the table, with the longest lag of late, the answers judged and the stalls of the machine so far. */
export function tableLine(sample: Sample, lagSeconds: number, checked: number, stalls: number): string {
  const cells: readonly (readonly [string, number])[] = [
    [sample.minutes.toFixed(1), 7],
    [String(sample.life), 6],
    [(sample.residentBytes / MIB).toFixed(1), 11],
    [(sample.heapBytes / MIB).toFixed(1), 11],
    [String(sample.openFds), 6],
    [(lagSeconds * 1000).toFixed(1), 13],
    [String(sample.missedTicks), 9],
    [String(checked), 11],
    [String(stalls), 9],
  ];
  return cells.map(([text, width]) => text.padStart(width)).join('');
}
