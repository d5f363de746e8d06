import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { ANY_QUERY } from './query.ts';

/** What every page of metrics is sent with. */
export const METRICS_HEADERS = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', vary: 'Accept-Encoding' };

/** What a compressed one is sent with. */
export const GZIP_HEADERS = { ...METRICS_HEADERS, 'content-encoding': 'gzip' };

/** `/metrics`: the text exposition, compressed for whoever asks. */
export function registerMetrics(app: FastifyInstance, { metricsPage, telemetryPath }: HttpDeps): void {
  app.get(telemetryPath, { schema: ANY_QUERY }, async (request, reply) => {
    const page = await metricsPage();
    if (!acceptsGzip(request.headers['accept-encoding'])) {
      const chunks = page.chunks();
      reply.headers({ ...METRICS_HEADERS, 'content-length': lengthOf(chunks) });
      return reply.send(chunks.length === 1 ? chunks[0] : Readable.from(chunks));
    }
    const gzipped = await page.gzipped();
    return reply.headers(GZIP_HEADERS).send(gzipped);
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
