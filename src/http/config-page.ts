import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { NO_QUERY } from './query.ts';

/** `/config`: the running configuration with every secret masked. */
export function registerConfig(app: FastifyInstance, { configYaml }: HttpDeps): void {
  app.get('/config', { schema: NO_QUERY }, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(await configYaml()),
  );
}
