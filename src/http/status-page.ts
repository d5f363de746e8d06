import type { FastifyInstance } from 'fastify';
import { documentHtml } from '../page/document.ts';
import { FILTER_STATES, NODE_ORDERS, readFilter } from '../page/filter.ts';
import { eventInfo } from '../page/node-history.ts';
import type { AnswerNodes } from './api-nodes.ts';
import { sendCompressed } from './content-negotiation.ts';
import type { HttpDeps } from './deps.ts';
import { oneOf, TEXT, textUpTo, tolerantQuerySchema } from './query.ts';
import { readSoon } from './read-soon.ts';

/** Pages load scripts, styles and data from this server only; inline scripts and styles are forbidden. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "base-uri 'none'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "img-src 'self' data:",
  "script-src 'self'",
  "style-src 'self'",
].join('; ');

/** Headers of all HTML pages. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cache-control': 'no-store',
} as const;

const QUERY = tolerantQuerySchema({
  text: textUpTo(1000),
  state: oneOf(FILTER_STATES),
  node: TEXT,
  order: oneOf(NODE_ORDERS),
});

const LATEST_EVENTS = {
  nodes: [],
  processes: [],
  states: [],
  fromMs: undefined,
  toMs: undefined,
  limit: 20,
  cursor: undefined,
} as const;

/** `/`: the status page, filtered by the query. */
export function registerStatusPage(app: FastifyInstance, deps: HttpDeps, answer: AnswerNodes): void {
  const { telemetryPath, assets, history } = deps;
  app.get<{ Querystring: Record<string, string> }>('/', { schema: QUERY }, async (request, reply) => {
    const filter = readFilter(new URLSearchParams(request.query));
    const latest = await readSoon(history.events(LATEST_EVENTS));
    const content = { filter, events: latest?.events.map(eventInfo) };
    const page = documentHtml(answer({}), content, {
      telemetryPath,
      stylePath: assets.stylePath,
      scriptPath: assets.scripts.start,
    });
    return sendCompressed(request, reply.headers(PAGE_HEADERS), page);
  });
  app.get<{ Params: { '*': string } }>('/assets/*', async (request, reply) => {
    const asset = assets.files.get(request.params['*']);
    if (asset === undefined) return reply.code(404).send({ error: 'not found' });
    // The path contains a hash of the content, so the content of a path never changes.
    reply.header('cache-control', 'public, max-age=31536000, immutable').type(asset.type);
    return reply.send(asset.body);
  });
}
