import { type HealthReport, mergeDuplicates, type ProcessReport } from '../domain/process-report.ts';
import { type StatusAliases, stateOfWord } from '../domain/process-state.ts';
import { parseLmdbMessage } from './lmdb-message.ts';

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
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return { kind: 'failure', reason: 'bad_json', detail: `the body is not JSON (${text.length} characters)` };
  }
  if (!Array.isArray(rows)) return { kind: 'failure', reason: 'bad_shape', detail: 'the body is not a JSON array' };
  if (rows.length > options.maxProcesses) {
    const detail = `the body has ${rows.length} rows, more than max_processes (${options.maxProcesses})`;
    return { kind: 'failure', reason: 'too_many_processes', detail };
  }
  const reports = rows.map((row: unknown) => parseRow(row, options.statusAliases)).filter((row) => row !== undefined);
  const report = { processes: mergeDuplicates(reports), rejectedRows: rows.length - reports.length };
  return { kind: 'report', report };
}

function parseRow(row: unknown, aliases: StatusAliases): ProcessReport | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(row));
  const name = usableName(fields.get('PROCESS_NAME'));
  if (name === undefined) return undefined;
  const word = fields.get('STATUS');
  const status = typeof word === 'string' && word.trim() !== '' ? word.toWellFormed() : undefined;
  const text = fields.get('MESSAGE');
  const message = typeof text === 'string' ? text.toWellFormed() : '';
  return {
    name,
    status,
    state: status === undefined ? 'UNKNOWN' : stateOfWord(status, aliases),
    message,
    port: parsePort(fields.get('PORT')),
    lmdb: parseLmdbMessage(message),
  };
}

/** A name that can be a label in UTF-8: lone surrogates and control characters are replaced, so that none can collide later. */
function usableName(name: unknown): string | undefined {
  if (typeof name !== 'string' || name.trim() === '') return undefined;
  return name.toWellFormed().replace(/\p{Cc}/gu, '\uFFFD');
}

function parsePort(port: unknown): number | undefined {
  const number = typeof port === 'string' && /^\s*\d{1,5}\s*$/.test(port) ? Number(port) : port;
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 65535 ? number : undefined;
}
