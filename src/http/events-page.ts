import type { FastifyInstance } from 'fastify';
import { EVENT_STATES, eventsDocumentHtml } from '../page/events-document.ts';
import { eventInfo } from '../page/node-history.ts';
import type { AnswerNodes } from './api-nodes.ts';
import { sendCompressed } from './content-negotiation.ts';
import type { HttpDeps } from './deps.ts';
import { MOMENT, oneOf, querySchema, TEXT } from './query.ts';
import { readSoon } from './read-soon.ts';
import { PAGE_HEADERS } from './status-page.ts';

/** So many events are on one page. */
const EVENTS_PER_PAGE = 100;

const QUERY = querySchema({
  node: TEXT,
  process: TEXT,
  state: oneOf(['', ...EVENT_STATES]),
  from: MOMENT,
  to: MOMENT,
  cursor: TEXT,
});

interface Query {
  readonly node?: string;
  readonly process?: string;
  readonly state?: string;
  readonly from?: number;
  readonly to?: number;
  readonly cursor?: string;
}

/** `/events`: the page of all events, newest first. */
export function registerEventsPage(app: FastifyInstance, deps: HttpDeps, answer: AnswerNodes): void {
  const { telemetryPath, assets, history } = deps;
  app.get<{ Querystring: Query }>('/events', { schema: QUERY }, async (request, reply) => {
    const { node = '', process = '', state = '', from, to, cursor } = request.query;
    const query = { nodes: listOf(node), processes: listOf(process), states: listOf(state), fromMs: from, toMs: to };
    const found = await readSoon(history.events({ ...query, limit: EVENTS_PER_PAGE, cursor }));
    const filter = { node, process, state, fromMs: from, toMs: to };
    const page = eventsDocumentHtml(
      { filter, events: found?.events.map(eventInfo), next: found?.next, isFirstPage: cursor === undefined },
      answer({}),
      { telemetryPath, stylePath: assets.stylePath, scriptPath: assets.scripts.events },
    );
    return sendCompressed(request, reply.headers(PAGE_HEADERS), page);
  });
}

/** Drops empty text: a form sends empty fields as `name=`. */
function listOf(text: string): readonly string[] {
  return text === '' ? [] : [text];
}
