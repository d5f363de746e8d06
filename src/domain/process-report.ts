import type { Diagnosis } from './hint.ts';
import { isWorse, type ProcessState } from './process-state.ts';

/** What one LMDB part of a MESSAGE says; a figure that the text does not give, or that cannot be, is undefined. */
export interface LmdbUsage {
  /** Share in use, 0 to 1; Genesis prints whole per cents. */
  readonly usedRatio: number | undefined;
  /** Size of the store in bytes. */
  readonly totalBytes: number | undefined;
}

/** More LMDB parts than this in one message are not counted. */
export const MAX_LMDB_STORES = 16;

/** Keeps the figures that can be true: a share of at most 100 per cent, a size above 0. */
export function lmdbUsage(usedPercent: number, totalBytes: number | undefined): LmdbUsage {
  return {
    usedRatio: usedPercent >= 0 && usedPercent <= 100 ? usedPercent / 100 : undefined,
    totalBytes: totalBytes !== undefined && totalBytes > 0 && Number.isFinite(totalBytes) ? totalBytes : undefined,
  };
}

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
