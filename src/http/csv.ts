import type { FastifyRequest } from 'fastify';
import { oneOf } from './query.ts';

/** What CSV is sent with. */
export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/** The query parameter that asks for CSV where a header cannot, as in a link. */
export const FORMAT = oneOf(['json', 'csv']);

/** Whether a request asks for CSV: by `format=csv`, or by an Accept header that names it and not JSON. */
export function asksForCsv({ headers }: FastifyRequest, format: string | undefined): boolean {
  if (format !== undefined) return format === 'csv';
  const accept = headers.accept ?? '';
  return /\btext\/csv\b/i.test(accept) && !/\bapplication\/json\b/i.test(accept);
}
