import type { FastifyInstance } from 'fastify';
import { parseDuration } from '../config/duration.ts';
import { formatHealthJson } from '../genesis/health-json.ts';
import type { HttpDeps } from './deps.ts';
import { answerHealth } from './health-verdict.ts';

const QUERY = {
  type: 'object',
  properties: {
    node: { type: 'array', items: { type: 'string' } },
    process: { type: 'array', items: { type: 'string' } },
    max_age: { type: 'string' },
  },
  additionalProperties: false,
} as const;

interface Query {
  readonly node?: readonly string[];
  readonly process?: readonly string[];
  readonly max_age?: string;
}

/** `/health/status`: the contract of the Genesis container image, over all nodes or those the query names. */
export function registerHealthStatus(app: FastifyInstance, deps: HttpDeps): void {
  app.get<{ Querystring: Query }>('/health/status', { schema: { querystring: QUERY } }, async (request, reply) => {
    const { node, process, max_age: maxAge } = request.query;
    const maxAgeMs = maxAge === undefined ? undefined : parseDuration(maxAge);
    if (maxAge !== undefined && maxAgeMs === undefined) {
      return reply.code(400).send({ error: `max_age: expected a duration such as 5s, got ${JSON.stringify(maxAge)}` });
    }
    const selection = { nodes: unique(node), processes: unique(process), maxAgeMs };
    const answer = answerHealth(deps.views(), selection, deps.clock.monotonicMs());
    reply.code(answer.code).header('cache-control', 'no-store');
    if (answer.error !== undefined) return reply.send({ error: answer.error });
    if (answer.ageMs !== undefined) reply.header('age', Math.floor(answer.ageMs / 1000));
    const showsNode = deps.showsNode() && selection.nodes?.length !== 1;
    const rows = answer.rows.map((row) => (showsNode ? row : { process: row.process }));
    return reply.type('application/json; charset=utf-8').send(formatHealthJson(rows));
  });
}

function unique(values: readonly string[] | undefined): readonly string[] | undefined {
  return values && [...new Set(values)];
}
