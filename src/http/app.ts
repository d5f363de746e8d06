import Fastify, { type FastifyInstance } from 'fastify';
import { registerConfig } from './config-page.ts';
import type { HttpDeps } from './deps.ts';
import { answerClientError, answerFrameworkError, registerErrors } from './errors.ts';
import { registerHealthStatus } from './health-status.ts';
import { registerLanding } from './landing.ts';
import { registerLifecycle } from './lifecycle.ts';
import { registerMetrics } from './metrics.ts';

/** The HTTP side of the exporter, not yet listening. */
export function createApp(deps: HttpDeps): FastifyInstance {
  const app = Fastify({
    // A typo in a query must be refused, not dropped; a parameter may come once or several times.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array' } },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerFrameworkError,
    return503OnClosing: false,
  });
  app.addHook('onRequest', async (_request, reply) => {
    if (deps.isDraining()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'other' : (request.routeOptions.url ?? 'other');
    deps.observeRequest(route, reply.statusCode, reply.elapsedTime / 1000);
  });
  registerErrors(app, deps);
  registerLanding(app, deps);
  registerHealthStatus(app, deps);
  registerMetrics(app, deps);
  registerLifecycle(app, deps);
  registerConfig(app, deps);
  return app;
}
