import type { Diagnosis } from './hint.ts';
import type { LmdbUsage } from './lmdb-usage.ts';
import { isWorse, type ProcessState } from './process-state.ts';

/** One row of a Genesis health answer: what Genesis says of one process. */
export interface ProcessReport {
  readonly name: string;
  /** The STATUS word as it came; undefined when the row had none that is a non-blank string. */
  readonly status: string | undefined;
  /** What the word stands for; UNKNOWN without a word. */
  readonly state: ProcessState;
  /** MESSAGE as it came; empty when the row had none. */
  readonly message: string;
  /** PORT, 1 to 65535; undefined when the row had none that can be one. */
  readonly port: number | undefined;
  readonly lmdb: readonly LmdbUsage[];
}

/** A Genesis health answer that was understood. */
export interface HealthReport {
  /** In the order reported, one for each name. */
  readonly processes: readonly ProcessReport[];
  /** How many rows had no usable name. */
  readonly rejectedRows: number;
  /** Why the first of them has none; undefined when there is none. */
  readonly rejection?: Diagnosis;
}

/** One report for each name: of several the worst, in the place of the first. */
export function mergeDuplicates(reports: readonly ProcessReport[]): readonly ProcessReport[] {
  const byName = new Map<string, ProcessReport>();
  for (const report of reports) {
    const earlier = byName.get(report.name);
    if (earlier === undefined || isWorse(report.state, earlier.state)) byName.set(report.name, report);
  }
  return [...byName.values()];
}
