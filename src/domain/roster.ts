import type { HealthReport, ProcessReport } from './process-report.ts';

/** What is remembered of a process from the node's good answers. */
export interface RosterEntry {
  readonly report: ProcessReport;
  /** The last port it was reported with. */
  readonly port: number | undefined;
  /** Monotonic milliseconds of the last good answer that had it. */
  readonly seenMs: number;
  readonly inLastAnswer: boolean;
}

/** The processes of a node's good answers by name: those of the last one in its order, then those not yet forgotten. */
export type Roster = ReadonlyMap<string, RosterEntry>;

/** The roster after one more good answer; who was last seen `forgetAfterMs` ago or earlier is dropped. */
export function updateRoster(roster: Roster, report: HealthReport, nowMs: number, forgetAfterMs: number): Roster {
  const next = new Map<string, RosterEntry>();
  for (const process of report.processes) {
    const port = process.port ?? roster.get(process.name)?.port;
    next.set(process.name, { report: process, port, seenMs: nowMs, inLastAnswer: true });
  }
  for (const [name, entry] of roster) {
    if (next.has(name) || nowMs - entry.seenMs >= forgetAfterMs) continue;
    next.set(name, entry.inLastAnswer ? { ...entry, inLastAnswer: false } : entry);
  }
  return next;
}
