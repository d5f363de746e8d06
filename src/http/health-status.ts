import type { FastifyInstance } from 'fastify';
import { parseDuration } from '../config/duration.ts';
import type { HttpDeps } from './deps.ts';
import { createHealthText } from './health-text.ts';
import { answerHealth } from './health-verdict.ts';
import { querySchema, TEXT, TEXTS } from './query.ts';
import { createReadySender } from './ready.ts';

const QUERY = querySchema({ node: TEXTS, process: TEXTS, max_age: TEXT });

const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

interface Query {
  readonly node?: readonly string[];
  readonly process?: readonly string[];
  readonly max_age?: string;
}

/** `/health/status`: the contract of the Genesis container image, over all nodes or those the query names. */
export function registerHealthStatus(app: FastifyInstance, deps: HttpDeps): void {
  const json = createHealthText();
  const send = createReadySender(HEADERS, deps);
  app.get<{ Querystring: Query }>('/health/status', { schema: QUERY }, (request, reply) => {
    const { node, process, max_age: maxAge } = request.query;
    const maxAgeMs = maxAge === undefined ? undefined : parseDuration(maxAge);
    if (maxAge !== undefined && maxAgeMs === undefined) {
      return void reply
        .code(400)
        .send({ error: `max_age: expected a duration such as 5s, got ${JSON.stringify(maxAge)}` });
    }
    const selection = { nodes: unique(node), processes: unique(process), maxAgeMs };
    const answer = answerHealth(deps.views(), selection, deps.clock.monotonicMs());
    reply.code(answer.code);
    if (answer.error !== undefined) return void reply.header('cache-control', 'no-store').send({ error: answer.error });
    const showsNode = deps.showsNode() && selection.nodes?.length !== 1;
    const age = answer.ageMs === undefined ? [] : ['age', String(Math.floor(answer.ageMs / 1000))];
    send(reply, json(answer.nodes, showsNode), age);
  });
}

function unique(values: readonly string[] | undefined): readonly string[] | undefined {
  return values && [...new Set(values)];
}
