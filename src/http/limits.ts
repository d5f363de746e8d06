import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpDeps } from './deps.ts';

/** What one server spends on its clients. */
export interface ServerLimits {
  readonly maxConnections: number;
  readonly maxHeaderBytes: number;
  readonly maxBodyBytes: number;
  /** From the start of a request, or of its connection, to the end of its headers. */
  readonly headersTimeoutMs: number;
  /** The same to the end of its body. */
  readonly requestTimeoutMs: number;
  /** How often connections are looked at for both. */
  readonly checkIntervalMs: number;
  /** Without a byte in either direction; a slow `/probe` has to fit in. */
  readonly idleTimeoutMs: number;
  readonly handshakeTimeoutMs: number;
}

/** Generous to Prometheus and to people, and far below what an open port could be made to cost. */
export const SERVER_LIMITS: ServerLimits = {
  // About 20 kB each while idle.
  maxConnections: 2048,
  maxHeaderBytes: 16 * 1024,
  maxBodyBytes: 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  checkIntervalMs: 2_000,
  idleTimeoutMs: 300_000,
  handshakeTimeoutMs: 10_000,
};

/** Holds `/metrics` and `/probe`, and nothing else, to what the gate lets through: 429 when asked too often, 503 when too many at once. Must be registered before the routes. */
export function registerRequestLimits(app: FastifyInstance, { telemetryPath, gate }: HttpDeps): void {
  function enter(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    const entry = gate.enter();
    if (entry.kind === 'entered') {
      // Comes after the last byte, and when the client has gone.
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
