import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { NO_QUERY } from './query.ts';

const HEARTBEAT_VALID_MS = 30_000;

/** Whether a loop counts as alive whose last heartbeat is this many milliseconds old. */
export function isLoopAlive(heartbeatAgeMs: number): boolean {
  return heartbeatAgeMs <= HEARTBEAT_VALID_MS;
}

/** `/-/healthy` and `/-/ready`: the exporter itself, never Genesis. */
export function registerLifecycle(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/-/healthy', { schema: NO_QUERY }, async (_request, reply) => {
    const ageMs = deps.heartbeatAgeMs();
    if (isLoopAlive(ageMs)) return reply.type('text/plain; charset=utf-8').send('genesis-exporter is healthy.\n');
    const error = `the scrape loop has been stuck for ${Math.floor(ageMs / 1000)} s`;
    return reply.code(503).send({ error });
  });

  app.get('/-/ready', { schema: NO_QUERY }, async (_request, reply) => {
    if (deps.isDraining()) return reply.code(503).send({ error: 'shutting down' });
    if (!deps.isReady()) return reply.code(503).send({ error: 'the first probes have not all finished yet' });
    return reply.type('text/plain; charset=utf-8').send('genesis-exporter is ready.\n');
  });
}
