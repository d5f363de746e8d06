import type { FastifyInstance } from 'fastify';
import type { Clock } from '../domain/clock.ts';

/** Hears of a request that is over: its route, or `other` for what has none, the status code and how long it took. */
export type ObserveRequest = (route: string, code: number, durationSeconds: number) => void;

/** What request metrics are made with. */
export interface RequestMetricsDeps {
  readonly clock: Clock;
  readonly observeRequest: ObserveRequest;
}

/** Tells of each request once its last byte is out, or the client gone. */
export function registerRequestMetrics(app: FastifyInstance, { clock, observeRequest }: RequestMetricsDeps): void {
  app.addHook('onRequest', (request, reply, done) => {
    const startedMs = clock.monotonicMs();
    reply.raw.once('close', () => {
      const route = request.is404 ? 'other' : (request.routeOptions.url ?? 'other');
      observeRequest(route, reply.statusCode, (clock.monotonicMs() - startedMs) / 1000);
    });
    done();
  });
}
