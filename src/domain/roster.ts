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

/** Of the processes that are no longer reported at most so many are remembered, those that were reported last. */
export const MAX_FORMER_PROCESSES = 1000;

/** The processes of a node's good answers by name: those of the last one in its order, then those not yet forgotten. */
export type Roster = ReadonlyMap<string, RosterEntry>;

/** The roster after one more good answer; who was last seen `forgetAfterMs` ago or earlier is dropped. */
export function updateRoster(roster: Roster, report: HealthReport, nowMs: number, forgetAfterMs: number): Roster {
  const next = new Map<string, RosterEntry>();
  for (const process of report.processes) {
    const port = process.port ?? roster.get(process.name)?.port;
    next.set(process.name, { report: process, port, seenMs: nowMs, inLastAnswer: true });
  }
  const maxEntries = next.size + MAX_FORMER_PROCESSES;
  for (const [name, entry] of roster) {
    if (next.size === maxEntries) break;
    if (next.has(name) || nowMs - entry.seenMs >= forgetAfterMs) continue;
    next.set(name, entry.inLastAnswer ? leaveAnswer(entry) : entry);
  }
  return next;
}

/** The entry of a process that has dropped out: nobody reads what it said last, which may be large. */
function leaveAnswer(entry: RosterEntry): RosterEntry {
  return { ...entry, report: { ...entry.report, message: '', lmdb: [] }, inLastAnswer: false };
}
