import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { NO_QUERY } from './errors.ts';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** `/metrics`: the text exposition, compressed for whoever asks. */
export function registerMetrics(app: FastifyInstance, { metricsPage, telemetryPath }: HttpDeps): void {
  app.get(telemetryPath, { schema: NO_QUERY }, async (request, reply) => {
    const page = await metricsPage();
    reply.header('content-type', CONTENT_TYPE).header('vary', 'Accept-Encoding');
    if (!acceptsGzip(request.headers['accept-encoding'])) return page.body;
    reply.header('content-encoding', 'gzip');
    return page.gzipped();
  });
}

/** Whether an Accept-Encoding header asks for gzip; `gzip;q=0` refuses it. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  const codings = String(header ?? '')
    .toLowerCase()
    .split(',');
  return codings.some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0{0,3})?\s*$).*)?$/.test(coding));
}
