import type { Server } from 'node:http';
import Fastify, { type FastifyHttpOptions, type FastifyInstance } from 'fastify';
import { registerApiEvents } from './api-events.ts';
import { registerApiHistory } from './api-history.ts';
import { createAnswerNodes, registerApiNodes } from './api-nodes.ts';
import { registerConfig } from './config-page.ts';
import type { HttpDeps } from './deps.ts';
import { createClientErrorAnswer, createFrameworkErrorAnswer, registerErrors } from './errors.ts';
import { registerEventsPage } from './events-page.ts';
import { createAnswerHealth } from './health-answer.ts';
import { registerHealthStatus } from './health-status.ts';
import { registerLifecycle } from './lifecycle.ts';
import { registerRequestLimits, SERVER_LIMITS, type ServerLimits } from './limits.ts';
import { registerMetrics } from './metrics.ts';
import { registerNodePage } from './node-page.ts';
import { registerProbe } from './probe.ts';
import { registerQueries, SCHEMA_CONTROLLER } from './query.ts';
import { serveReadyAnswers } from './ready-answers.ts';
import { registerReload } from './reload.ts';
import { registerRequestMetrics } from './request-metrics.ts';
import { registerRoutePrefix, withoutPrefix } from './route-prefix.ts';
import { registerSecurityHeaders, SECURITY_HEADERS } from './security-headers.ts';
import { registerStatusPage } from './status-page.ts';
import { registerAuth } from './web-auth.ts';
import { serveTls } from './web-tls.ts';

/** The HTTP side of the exporter, not yet listening. */
export function createApp(deps: HttpDeps, limits = SERVER_LIMITS): FastifyInstance {
  const { web } = deps;
  const configuredHeaders = web && (() => web.current().headers);
  const headers = () => ({ ...SECURITY_HEADERS, ...configuredHeaders?.() });
  const app = Fastify({
    ...serverOptions(limits),
    clientErrorHandler: createClientErrorAnswer(headers),
    frameworkErrors: createFrameworkErrorAnswer(headers),
    return503OnClosing: false,
    schemaController: SCHEMA_CONTROLLER,
    rewriteUrl: ({ url = '/' }) => withoutPrefix(url, deps.routePrefix),
  });
  // Who has closed its own side still waits for its answer. One idle limit holds between requests too: to set another after each
  // answer, and the first again, is 4 % of the cost of a small one. Node.js has the second of these, and no type for it.
  Object.assign(app.server, { maxConnections: limits.maxConnections, httpAllowHalfOpen: true, keepAliveTimeout: 0 });
  if (web?.current().tls !== undefined) {
    serveTls(app.server, () => web.current().tls, { log: deps.log, handshakeTimeoutMs: limits.handshakeTimeoutMs });
  }
  // Hooks that wait for nothing take a callback, which costs less than a promise.
  app.addHook('onRequest', (_request, reply, done) => {
    if (deps.isDraining()) reply.header('connection', 'close');
    done();
  });
  registerRequestMetrics(app, deps);
  registerQueries(app);
  // In this order they see a request: nobody without a user learns which paths there are.
  registerSecurityHeaders(app, configuredHeaders);
  if (web !== undefined) registerAuth(app, web);
  registerRoutePrefix(app, deps.routePrefix);
  registerErrors(app, deps);
  registerRequestLimits(app, deps);
  const answerNodes = createAnswerNodes(deps);
  registerStatusPage(app, deps, answerNodes);
  registerNodePage(app, deps, answerNodes);
  registerEventsPage(app, deps, answerNodes);
  registerApiNodes(app, answerNodes);
  registerApiEvents(app, deps);
  registerApiHistory(app, deps);
  const answerHealth = createAnswerHealth(deps);
  registerHealthStatus(app, answerHealth);
  registerMetrics(app, deps);
  registerLifecycle(app, deps);
  registerProbe(app, deps);
  registerConfig(app, deps);
  registerReload(app, deps);
  serveReadyAnswers(app.server, deps, answerHealth);
  return app;
}

function serverOptions(limits: ServerLimits) {
  return {
    http: {
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.checkIntervalMs,
      requireHostHeader: false,
    },
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: limits.idleTimeoutMs,
  } satisfies FastifyHttpOptions<Server>;
}
