import type { FastifyInstance } from 'fastify';
import type { HistorySource } from '../domain/history.ts';
import { eventsCsv } from '../page/csv.ts';
import { eventInfo } from '../page/node-history.ts';
import { asksForCsv, CSV_TYPE, FORMAT, sendCompressed } from './content-negotiation.ts';
import { MOMENT, querySchema, TEXT, TEXTS, wholeNumber } from './query.ts';
import { readSoon, UNREADABLE } from './read-soon.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

const QUERY = querySchema({
  node: TEXTS,
  process: TEXTS,
  state: TEXTS,
  from: MOMENT,
  to: MOMENT,
  limit: wholeNumber(1, MAX_LIMIT),
  cursor: TEXT,
  format: FORMAT,
});

interface Query {
  readonly node?: readonly string[];
  readonly process?: readonly string[];
  readonly state?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly limit?: number;
  readonly cursor?: string;
  readonly format?: string;
}

/** `/api/v1/events`: the events of all nodes, newest first, as JSON or CSV. */
export function registerApiEvents(app: FastifyInstance, { history }: { readonly history: HistorySource }): void {
  app.get<{ Querystring: Query }>('/api/v1/events', { schema: QUERY }, async (request, reply) => {
    const { node = [], process = [], state = [], from, to, limit = DEFAULT_LIMIT, cursor, format } = request.query;
    const query = { nodes: node, processes: process, states: state, fromMs: from, toMs: to, limit, cursor };
    const page = await readSoon(history.events(query));
    if (page === undefined) return reply.code(503).send(UNREADABLE);
    const events = page.events.map(eventInfo);
    reply.header('cache-control', 'no-store').header('vary', 'Accept');
    if (asksForCsv(request, format)) {
      reply.header('content-disposition', 'attachment; filename="events.csv"').type(CSV_TYPE);
      return sendCompressed(request, reply, eventsCsv(events));
    }
    const answer = { events, next: page.next ?? null };
    return sendCompressed(request, reply.type('application/json; charset=utf-8'), JSON.stringify(answer));
  });
}
