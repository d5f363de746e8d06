import type { FastifyInstance } from 'fastify';
import type { NodesAnswer } from '../page/nodes-answer.ts';
import { createNodeVersions } from './api-node-versions.ts';
import { sendCompressed } from './compressed.ts';
import type { HttpDeps } from './deps.ts';
import { createLastDays } from './last-days.ts';
import { isLoopAlive } from './lifecycle.ts';
import { querySchema, TEXT, TEXTS } from './query.ts';

/** Which nodes somebody wants to be told of. */
export interface NodesRequest {
  /** Names; undefined for all. */
  readonly nodes?: readonly string[] | undefined;
  /** The cursor of an earlier answer; one of another exporter, or none, asks for everything. */
  readonly since?: string | undefined;
}

/** Answers for the page and its JSON alike. */
export type AnswerNodes = (request: NodesRequest) => NodesAnswer;

/** Answers from the views as they stand now. */
export function createAnswerNodes(deps: HttpDeps): AnswerNodes {
  const { clock, views, version, startedAtMs, heartbeatAgeMs, runbooks } = deps;
  const versions = createNodeVersions({
    runbooks,
    lastDays: createLastDays(deps),
    maintenanceOf: (node) => deps.maintenance().at(node, clock.wallMs()),
  });
  const prefix = `${startedAtMs}-`;

  function seenBefore(cursor: string | undefined): number {
    const seen = cursor?.startsWith(prefix) ? Number(cursor.slice(prefix.length)) : Number.NaN;
    return seen <= versions.latest() ? seen : 0;
  }

  return ({ nodes: wanted, since }) => {
    const seen = seenBefore(since);
    const infos = views().map(versions.infoOf);
    const admitted = wanted === undefined ? infos : infos.filter(({ name }) => wanted.includes(name));
    return {
      at: new Date(clock.wallMs()).toISOString(),
      cursor: `${prefix}${versions.latest()}`,
      exporter: {
        version,
        startedAt: new Date(startedAtMs).toISOString(),
        healthy: isLoopAlive(heartbeatAgeMs()),
      },
      names: admitted.map(({ name }) => name),
      nodes: admitted.filter(({ version }) => version > seen),
    };
  };
}

const QUERY = querySchema({ node: TEXTS, since: TEXT });

interface Query {
  readonly node?: readonly string[];
  readonly since?: string;
}

/** `/api/v1/nodes`: all that is known of the nodes, or of those that have changed since an earlier answer. */
export function registerApiNodes(app: FastifyInstance, answer: AnswerNodes): void {
  app.get<{ Querystring: Query }>('/api/v1/nodes', { schema: QUERY }, async (request, reply) => {
    const { node, since } = request.query;
    const result = answer({ nodes: node, since });
    const unknown = node?.find((name) => !result.names.includes(name));
    reply.header('cache-control', 'no-store');
    if (unknown !== undefined) return reply.code(404).send({ error: `unknown node: ${unknown}` });
    return sendCompressed(request, reply.type('application/json; charset=utf-8'), JSON.stringify(result));
  });
}
