import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneOf } from './query.ts';

/** Content type of CSV responses. */
export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/** The query parameter `format`. It selects CSV where no header can be set, as in a link. */
export const FORMAT = oneOf(['json', 'csv']);

/** Whether a request asks for CSV: by `format=csv`, or by an Accept header with `text/csv` and without `application/json`. */
export function asksForCsv({ headers }: FastifyRequest, format: string | undefined): boolean {
  if (format !== undefined) return format === 'csv';
  const accept = headers.accept ?? '';
  return /\btext\/csv\b/i.test(accept) && !/\bapplication\/json\b/i.test(accept);
}

const compress = promisify(gzip);

/** In characters. Sending a shorter text takes less time than compressing it. */
const MIN_COMPRESSED_LENGTH = 16_384;

/** Sends a text, compressed with gzip when it is large and the client accepts gzip. */
export async function sendCompressed(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
): Promise<FastifyReply> {
  reply.header('vary', 'Accept-Encoding');
  if (text.length < MIN_COMPRESSED_LENGTH || !acceptsGzip(request.headers['accept-encoding'])) return reply.send(text);
  const body = await compress(text, { level: constants.Z_BEST_SPEED });
  return reply.header('content-encoding', 'gzip').send(body);
}

/** Whether an Accept-Encoding header accepts gzip; `gzip;q=0` refuses it. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  if (header === undefined) return false;
  const codings = String(header).toLowerCase().split(',');
  return codings.some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0{0,3})?\s*$).*)?$/.test(coding));
}
