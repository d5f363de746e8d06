import { type HealthReport, mergeDuplicates } from '../domain/process-report.ts';
import type { StatusAliases } from '../domain/process-state.ts';
import { parseHealthRow } from './health-row.ts';
import { outlineJson } from './json-outline.ts';

/** Genesis has 5 in a row, the rest is room for what it may add: reading 8 MiB of nothing else would stop all loops for a second. */
const MAX_PARTS_PER_PROCESS = 100;

/** What the body of a health answer turned out to be. */
export type HealthBody =
  | { readonly kind: 'report'; readonly report: HealthReport }
  | {
      readonly kind: 'failure';
      readonly reason: 'bad_json' | 'bad_shape' | 'too_many_processes';
      readonly detail: string;
    };

/** How to read a body. */
export interface HealthBodyOptions {
  readonly statusAliases: StatusAliases;
  /** More rows than this and nothing of the body is kept. */
  readonly maxProcesses: number;
}

/**
 * Reads the JSON array of `GET /health/status`: `{PROCESS_NAME, STATUS, MESSAGE, PORT}` a process, seen in the platform's
 * own sample. Tolerates missing and null values, PORT as a string, further keys, duplicates and rows without a name.
 */
export function parseHealthBody(text: string, options: HealthBodyOptions): HealthBody {
  const { items, parts } = outlineJson(text);
  if (parts > MAX_PARTS_PER_PROCESS * options.maxProcesses) {
    if (items > options.maxProcesses) return tooManyProcesses(items, options);
    return { kind: 'failure', reason: 'bad_shape', detail: `the body has ${parts} lists, objects and commas` };
  }
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return { kind: 'failure', reason: 'bad_json', detail: `the body is not JSON (${text.length} characters)` };
  }
  if (!Array.isArray(rows)) return { kind: 'failure', reason: 'bad_shape', detail: 'the body is not a JSON array' };
  if (rows.length > options.maxProcesses) return tooManyProcesses(rows.length, options);
  const reports = rows
    .map((row: unknown) => parseHealthRow(row, options.statusAliases))
    .filter((row) => row !== undefined);
  const report = { processes: mergeDuplicates(reports), rejectedRows: rows.length - reports.length };
  return { kind: 'report', report };
}

function tooManyProcesses(count: number, { maxProcesses }: HealthBodyOptions): HealthBody {
  const detail = `the body has ${count} rows, more than max_processes (${maxProcesses})`;
  return { kind: 'failure', reason: 'too_many_processes', detail };
}
