import type { FastifyInstance } from 'fastify';
import type { NodeHistory } from '../domain/history.ts';
import { csvText } from '../page/csv.ts';
import { historyInfo } from '../page/history-info.ts';
import { asksForCsv, CSV_TYPE, FORMAT, sendCompressed } from './content-negotiation.ts';
import type { HttpDeps } from './deps.ts';
import { MOMENT, querySchema, TEXT } from './query.ts';
import { readSoon, UNREADABLE } from './read-soon.ts';

const DAY_MS = 24 * 3_600_000;

const QUERY = querySchema({ node: TEXT, from: MOMENT, to: MOMENT, format: FORMAT });

interface Query {
  readonly node?: string;
  readonly from?: number;
  readonly to?: number;
  readonly format?: string;
}

/** `/api/v1/history`: the states of a node and its processes over time, as JSON, or the spans alone as CSV. */
export function registerApiHistory(app: FastifyInstance, { history, views, clock, maintenance }: HttpDeps): void {
  app.get<{ Querystring: Query }>('/api/v1/history', { schema: QUERY }, async (request, reply) => {
    const { node, format } = request.query;
    const nowMs = clock.wallMs();
    const toMs = Math.min(request.query.to ?? nowMs, nowMs);
    const fromMs = request.query.from ?? toMs - DAY_MS;
    reply.header('cache-control', 'no-store').header('vary', 'Accept');
    if (node === undefined) return reply.code(400).send({ error: 'node: expected the name of a node' });
    if (fromMs >= toMs) return reply.code(400).send({ error: 'from: expected a time before `to`, and before now' });
    const view = views().find(({ snapshot }) => snapshot.node.name === node);
    if (view === undefined) return reply.code(404).send({ error: `unknown node: ${node}` });
    const nothing: NodeHistory = { node, fromMs, toMs, spans: [], lmdb: [], durations: [] };
    const past = await readSoon(history.history(node, fromMs, toMs).then((found) => found ?? nothing));
    if (past === undefined) return reply.code(503).send(UNREADABLE);
    const info = historyInfo(
      past,
      view.processes.map(({ name }) => name),
      { fromMs, toMs },
      maintenance().between(view.snapshot.node, fromMs, toMs),
    );
    if (asksForCsv(request, format)) {
      const rows = info.subjects.flatMap(({ process, spans }) =>
        spans.map((one) => [node, process, one.from, one.to, one.state]),
      );
      reply.header('content-disposition', 'attachment; filename="history.csv"').type(CSV_TYPE);
      return sendCompressed(request, reply, csvText(['node', 'process', 'from', 'to', 'state'], rows));
    }
    return sendCompressed(request, reply.type('application/json; charset=utf-8'), JSON.stringify(info));
  });
}
