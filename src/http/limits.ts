import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpDeps } from './deps.ts';

/** Limits of one HTTP server. */
export interface ServerLimits {
  readonly maxConnections: number;
  readonly maxHeaderBytes: number;
  readonly maxBodyBytes: number;
  /** From the start of a request, or of its connection, to the end of its headers. */
  readonly headersTimeoutMs: number;
  /** From the same start to the end of the body. */
  readonly requestTimeoutMs: number;
  /** Interval at which Node.js checks both timeouts. */
  readonly checkIntervalMs: number;
  /** Closes a connection without traffic in either direction. Longer than the slowest `/probe`. */
  readonly idleTimeoutMs: number;
  readonly handshakeTimeoutMs: number;
}

/** High enough for Prometheus and browsers, low enough to bound the memory that clients can take. */
export const SERVER_LIMITS: ServerLimits = {
  // An idle connection takes about 20 kB.
  maxConnections: 2048,
  maxHeaderBytes: 16 * 1024,
  maxBodyBytes: 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  checkIntervalMs: 2_000,
  idleTimeoutMs: 300_000,
  handshakeTimeoutMs: 10_000,
};

/** Applies the gate to `/metrics` and `/probe`: 429 above the rate limit, 503 above the limit of concurrent requests. Call it before registering the routes. */
export function registerRequestLimits(app: FastifyInstance, { telemetryPath, gate }: HttpDeps): void {
  function enter(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    const entry = gate.enter();
    if (entry.kind === 'entered') {
      // `close` fires after the last byte and also when the client disconnects.
      reply.raw.once('close', entry.leave);
      done();
      return;
    }
    const retryAfterSeconds = Math.min(Math.ceil(entry.retryAfterMs / 1000), 86_400);
    reply.code(entry.kind === 'too_often' ? 429 : 503).header('retry-after', retryAfterSeconds);
    reply.send({ error: entry.error });
  }

  app.addHook('onRoute', (route) => {
    if (route.url === telemetryPath || route.url === '/probe') route.onRequest = enter;
  });
}
