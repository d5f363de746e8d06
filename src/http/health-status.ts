import type { FastifyInstance } from 'fastify';
import { parseDuration } from '../config/duration.ts';
import type { AnswerHealth } from './health-answer.ts';
import { querySchema, TEXT, TEXTS } from './query.ts';

const QUERY = querySchema({ node: TEXTS, process: TEXTS, max_age: TEXT });

interface Query {
  readonly node?: readonly string[];
  readonly process?: readonly string[];
  readonly max_age?: string;
}

/** `/health/status`: the contract of the Genesis container image, over all nodes or those the query names. */
export function registerHealthStatus(app: FastifyInstance, answer: AnswerHealth): void {
  app.get<{ Querystring: Query }>('/health/status', { schema: QUERY }, async (request, reply) => {
    const { node, process, max_age: maxAge } = request.query;
    const maxAgeMs = maxAge === undefined ? undefined : parseDuration(maxAge);
    if (maxAge !== undefined && maxAgeMs === undefined) {
      return reply.code(400).send({ error: `max_age: expected a duration such as 5s, got ${JSON.stringify(maxAge)}` });
    }
    const { code, headers, body } = answer({ nodes: unique(node), processes: unique(process), maxAgeMs });
    return reply.code(code).headers(headers).send(body);
  });
}

function unique(values: readonly string[] | undefined): readonly string[] | undefined {
  return values && [...new Set(values)];
}
