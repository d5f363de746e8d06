import type { Server } from 'node:http';
import Fastify, { type FastifyHttpOptions, type FastifyInstance } from 'fastify';
import { registerApiEvents } from './api-events.ts';
import { registerApiHistory } from './api-history.ts';
import { createAnswerNodes, registerApiNodes } from './api-nodes.ts';
import type { HttpDeps } from './deps.ts';
import { createClientErrorAnswer, createFrameworkErrorAnswer, registerErrors } from './errors.ts';
import { registerEventsPage } from './events-page.ts';
import { createAnswerHealth, registerHealthStatus } from './health-status.ts';
import { registerConfig, registerLifecycle, registerReload } from './lifecycle.ts';
import { registerRequestLimits, SERVER_LIMITS, type ServerLimits } from './limits.ts';
import { registerMetrics } from './metrics.ts';
import { registerNodePage } from './node-page.ts';
import { registerProbe } from './probe.ts';
import { registerQueries, SCHEMA_CONTROLLER } from './query.ts';
import { serveReadyAnswers } from './ready-answers.ts';
import { registerRequestMetrics } from './request-metrics.ts';
import { registerSecurityHeaders, SECURITY_HEADERS } from './security-headers.ts';
import { registerStatusPage } from './status-page.ts';
import { registerAuth } from './web-auth.ts';
import { serveTls } from './web-tls.ts';

/** Creates the HTTP server with all routes. It does not listen yet. */
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
  // `httpAllowHalfOpen`: a client that has closed its sending side still gets its response (@types/node lacks this option).
  // `keepAliveTimeout: 0`: the idle timeout also applies between requests. Switching timeouts costs 4 % of a small response.
  Object.assign(app.server, { maxConnections: limits.maxConnections, httpAllowHalfOpen: true, keepAliveTimeout: 0 });
  if (web?.current().tls !== undefined) {
    serveTls(app.server, () => web.current().tls, { log: deps.log, handshakeTimeoutMs: limits.handshakeTimeoutMs });
  }
  // Synchronous hooks take a callback, which is cheaper than a promise.
  app.addHook('onRequest', (_request, reply, done) => {
    if (deps.isDraining()) reply.header('connection', 'close');
    done();
  });
  registerRequestMetrics(app, deps);
  registerQueries(app);
  // Hooks run in this order. Authentication comes before routing, so that an anonymous client cannot find out which paths exist.
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

/** Removes the route prefix, such as `/genesis`, from a URL. A URL outside the prefix is returned unchanged. */
function withoutPrefix(url: string, prefix: string): string {
  if (prefix === '' || !isBelow(url, prefix)) return url;
  const rest = url.slice(prefix.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Handles requests outside the route prefix: redirects `/` and the prefix without a slash, answers 404 to everything else. */
function registerRoutePrefix(app: FastifyInstance, prefix: string): void {
  if (prefix === '') return;
  app.addHook('onRequest', (request, reply, done) => {
    const { originalUrl } = request;
    const [path = ''] = originalUrl.split('?', 1);
    if (path === '/' || path === prefix) {
      // The redirect is relative, so that it also works behind a proxy that adds a path.
      const last = prefix.slice(path === '/' ? 1 : prefix.lastIndexOf('/') + 1);
      reply
        .code(307)
        .header('location', `${last}/${originalUrl.slice(path.length)}`)
        .send();
    } else if (isBelow(path, prefix)) done();
    else reply.code(404).send({ error: `not found; all paths are below ${prefix}/` });
  });
}

function isBelow(url: string, prefix: string): boolean {
  return url.startsWith(prefix) && /^[/?]?$/.test(url.charAt(prefix.length));
}
