import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { NO_QUERY } from './query.ts';

const HEARTBEAT_VALID_MS = 30_000;

/** Whether the scrape loop counts as alive when its last heartbeat is this old. */
export function isLoopAlive(heartbeatAgeMs: number): boolean {
  return heartbeatAgeMs <= HEARTBEAT_VALID_MS;
}

/** `/-/healthy` and `/-/ready`: the state of the exporter itself, never of Genesis. */
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

/** `/config`: the running configuration with every secret masked. */
export function registerConfig(app: FastifyInstance, { configYaml }: HttpDeps): void {
  app.get('/config', { schema: NO_QUERY }, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(await configYaml()),
  );
}

/** `POST` or `PUT /-/reload`: reloads the configuration if `--web.enable-lifecycle` allows it. */
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
