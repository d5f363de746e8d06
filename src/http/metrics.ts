import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { CONTENT_TYPES, type ExpositionFormat, preferredFormat } from '../domain/exposition.ts';
import type { HttpDeps } from './deps.ts';
import { ANY_QUERY } from './query.ts';

function headersOf(format: ExpositionFormat) {
  const plain = { 'content-type': CONTENT_TYPES[format], vary: 'Accept, Accept-Encoding' };
  return { plain, gzip: { ...plain, 'content-encoding': 'gzip' } };
}

/** What a page of metrics is sent with, plain and compressed. */
export const METRICS_HEADERS = { text: headersOf('text'), openmetrics: headersOf('openmetrics') } as const;

/** `/metrics`: in the text format or in OpenMetrics, as the client prefers, compressed for clients that ask for it. */
export function registerMetrics(app: FastifyInstance, { metricsPage, telemetryPath }: HttpDeps): void {
  app.get(telemetryPath, { schema: ANY_QUERY }, async (request, reply) => {
    const format = preferredFormat(request.headers.accept);
    const headers = METRICS_HEADERS[format];
    const page = await metricsPage(format);
    if (!acceptsGzip(request.headers['accept-encoding'])) {
      const chunks = page.chunks();
      reply.headers({ ...headers.plain, 'content-length': lengthOf(chunks) });
      return reply.send(chunks.length === 1 ? chunks[0] : Readable.from(chunks));
    }
    const gzipped = await page.gzipped();
    return reply.headers(headers.gzip).send(gzipped);
  });
}

/** Whether an Accept-Encoding header asks for gzip; `gzip;q=0` refuses it. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  if (header === undefined) return false;
  const codings = String(header).toLowerCase().split(',');
  return codings.some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0{0,3})?\s*$).*)?$/.test(coding));
}

/** Total length of the chunks in bytes. */
export function lengthOf(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}
