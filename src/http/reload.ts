import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { NO_QUERY } from './query.ts';

/** `POST` or `PUT /-/reload`: reads the configuration anew, where `--web.enable-lifecycle` allows it. */
export function registerReload(app: FastifyInstance, { reload, isLifecycleEnabled }: HttpDeps): void {
  app.route({
    method: ['POST', 'PUT'],
    url: '/-/reload',
    schema: NO_QUERY,
    handler: async (_request, reply) => {
      if (!isLifecycleEnabled)
        return reply.code(403).send({ error: 'start with --web.enable-lifecycle to allow this' });
      const problems = await reload();
      if (problems.length > 0) return reply.code(500).send({ error: problems.join('\n') });
      return reply.type('text/plain; charset=utf-8').send('Configuration reloaded.\n');
    },
  });
}
