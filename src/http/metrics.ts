import type { FastifyInstance, FastifyReply } from 'fastify';
import type { HttpDeps, ReadyPage } from './deps.ts';
import { NO_QUERY } from './query.ts';
import { createReadySender } from './ready.ts';

const HEADERS = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', vary: 'Accept-Encoding' };
const GZIP_HEADERS = { ...HEADERS, 'content-encoding': 'gzip' };

/** `/metrics`: the text exposition, compressed for whoever asks. */
export function registerMetrics(app: FastifyInstance, deps: HttpDeps): void {
  const sendPlain = createReadySender(HEADERS, deps);
  const sendGzip = createReadySender(GZIP_HEADERS, deps);

  async function answer(reply: FastifyReply, page: ReadyPage | Promise<ReadyPage>, isGzip: boolean): Promise<void> {
    const { body, gzipped } = await page;
    if (isGzip) sendGzip(reply, await gzipped());
    else sendPlain(reply, body);
  }

  app.get(deps.telemetryPath, { schema: NO_QUERY }, (request, reply) => {
    const page = deps.metricsPage();
    const isGzip = acceptsGzip(request.headers['accept-encoding']);
    // Most often there is nothing to wait for.
    if ('body' in page && !isGzip) sendPlain(reply, page.body);
    else answer(reply, page, isGzip).catch((error) => reply.send(error));
  });
}

/** Whether an Accept-Encoding header asks for gzip; `gzip;q=0` refuses it. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  if (header === undefined) return false;
  const codings = String(header).toLowerCase().split(',');
  return codings.some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0{0,3})?\s*$).*)?$/.test(coding));
}
