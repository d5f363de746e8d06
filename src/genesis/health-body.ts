import { type HealthReport, mergeDuplicates } from '../domain/process-report.ts';
import type { StatusAliases } from '../domain/process-state.ts';
import { parseHealthRow, parseNumberedRow } from './health-row.ts';
import { outlineJson } from './json-outline.ts';
import { numberKeys } from './numbered-keys.ts';
import { describeRejectedRow } from './rejected-row.ts';

/** Genesis sends 5 per row; the limit leaves room for more. Parsing 8 MiB of brackets and commas would block the event loop for a second. */
const MAX_PARTS_PER_PROCESS = 100;

/** The result of reading the body of a health answer. */
export type HealthBody =
  | { readonly kind: 'report'; readonly report: HealthReport }
  | {
      readonly kind: 'failure';
      readonly reason: 'bad_json' | 'bad_shape' | 'too_many_processes';
      readonly detail: string;
      /** The message of JSON.parse, which quotes the body; undefined when it did not fail. */
      readonly syntaxError?: string;
      /** The JSON value when it is not a list; undefined when the body was not parsed. */
      readonly value?: unknown;
    };

/** How to read a body. */
export interface HealthBodyOptions {
  readonly statusAliases: StatusAliases;
  /** A body with more rows is refused whole. */
  readonly maxProcesses: number;
}

/**
 * Reads the JSON array of `GET /health/status`: `{PROCESS_NAME, STATUS, MESSAGE, PORT}` a process, seen in the platform's
 * own sample. Tolerates missing and null values, PORT as a string, further keys, duplicates and rows without a name.
 */
export function parseHealthBody(text: string, options: HealthBodyOptions): HealthBody {
  const { items, parts, keys } = outlineJson(text);
  if (parts > MAX_PARTS_PER_PROCESS * options.maxProcesses) {
    if (items > options.maxProcesses) return tooManyProcesses(items, options);
    return { kind: 'failure', reason: 'bad_shape', detail: `the body has ${parts} lists, objects and commas` };
  }
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (error) {
    const detail = `the body is not JSON (${text.length} characters)`;
    return { kind: 'failure', reason: 'bad_json', detail, syntaxError: String(error) };
  }
  if (!Array.isArray(rows))
    return { kind: 'failure', reason: 'bad_shape', detail: 'the body is not a JSON array', value: rows };
  if (rows.length > options.maxProcesses) return tooManyProcesses(rows.length, options);
  const { statusAliases } = options;
  const given: readonly unknown[] = rows;
  const hasTwice = keys > countKeys(given);
  // Numbered keys do not change the structure of the list.
  const numbered: readonly unknown[] = hasTwice ? JSON.parse(numberKeys(text)) : [];
  const reports = hasTwice
    ? numbered.map((row) => parseNumberedRow(row, statusAliases))
    : given.map((row) => parseHealthRow(row, statusAliases));
  const processes = mergeDuplicates(reports.filter((report) => report !== undefined));
  const rejected = given.filter((_, index) => reports[index] === undefined);
  if (rejected.length === 0) return { kind: 'report', report: { processes, rejectedRows: 0 } };
  const rejection = describeRejectedRow(rejected[0]);
  return { kind: 'report', report: { processes, rejectedRows: rejected.length, rejection } };
}

/** Counts the keys of all rows after JSON.parse, which keeps one of several equal keys. */
function countKeys(rows: readonly unknown[]): number {
  return rows.reduce<number>((sum, row) => {
    const isRow = typeof row === 'object' && row !== null && !Array.isArray(row);
    return isRow ? sum + Object.keys(row).length : sum;
  }, 0);
}

function tooManyProcesses(count: number, { maxProcesses }: HealthBodyOptions): HealthBody {
  const detail = `the body has ${count} rows, more than max_processes (${maxProcesses})`;
  return { kind: 'failure', reason: 'too_many_processes', detail };
}
