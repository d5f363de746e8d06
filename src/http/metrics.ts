import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { CONTENT_TYPES, type ExpositionFormat, preferredFormat } from '../domain/exposition.ts';
import { acceptsGzip } from './content-negotiation.ts';
import type { HttpDeps } from './deps.ts';
import { ANY_QUERY } from './query.ts';

function headersOf(format: ExpositionFormat) {
  const plain = { 'content-type': CONTENT_TYPES[format], vary: 'Accept, Accept-Encoding' };
  return { plain, gzip: { ...plain, 'content-encoding': 'gzip' } };
}

/** Headers of a metrics page for each format, plain and compressed. */
export const METRICS_HEADERS = { text: headersOf('text'), openmetrics: headersOf('openmetrics') } as const;

/** `/metrics`: in the text format or in OpenMetrics, as the client prefers, compressed if the client accepts gzip. */
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

/** Total length of the chunks in bytes. */
export function lengthOf(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}
