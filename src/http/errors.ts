import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpDeps } from './deps.ts';
import type { Headers } from './security-headers.ts';

const KNOWN_METHODS = ['GET', 'HEAD', 'POST', 'PUT'] as const;

/** Registers the error responses: unknown paths, wrong methods, bad queries and internal errors. */
export function registerErrors(app: FastifyInstance, deps: HttpDeps): void {
  // Runs before the body is read: a request with a wrong method or path is rejected without it.
  app.addHook('onRequest', (request, reply, done) => {
    // Node.js would reject it too, but without a JSON body.
    const lacksHost = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    if (lacksHost) reply.code(400).send({ error: 'no Host header' });
    else if (request.is404) answerMissing(app, request, reply);
    else done();
  });
  app.setNotFoundHandler((request, reply) => answerMissing(app, request, reply));
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return reply.code(error.statusCode).send({ error: error.message });
    }
    deps.onInternalError();
    deps.log.error({ err: error }, 'request failed');
    return reply.code(500).send({ error: 'internal error' });
  });
}

function answerMissing(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const url = request.url.split('?', 1)[0] ?? '';
  const allowed = KNOWN_METHODS.filter((method) => app.hasRoute({ method, url }));
  if (allowed.length === 0) return reply.code(404).send({ error: 'not found' });
  return reply
    .code(405)
    .header('allow', allowed.join(', '))
    .send({ error: `method not allowed: ${request.method}` });
}

/** Responds to malformed URLs. No route and no hook runs for them, so headers are set here. */
export function createFrameworkErrorAnswer(headers: () => Headers) {
  return (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
    reply
      .code(error.statusCode ?? 400)
      .headers(headers())
      .send({ error: 'malformed URL' });
  };
}

/** Responds to malformed and timed-out requests, in the shape of all other errors instead of Fastify's. */
export function createClientErrorAnswer(headers: () => Headers) {
  return (
    error: Error & { code?: string },
    socket: NodeJS.WritableStream & { readonly destroyed?: boolean; destroy(): void },
  ): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed === true || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
    const body = JSON.stringify({ error: (STATUS_CODES[status] ?? '').toLowerCase() });
    const head = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
      ...headers(),
    };
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  };
}
