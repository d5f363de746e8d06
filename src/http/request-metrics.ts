import type { FastifyInstance } from 'fastify';
import type { Clock } from '../domain/clock.ts';

/** Called after each request with its route, or `other` without one, its status code and duration. */
export type ObserveRequest = (route: string, code: number, durationSeconds: number) => void;

/** What `registerRequestMetrics` needs. */
export interface RequestMetricsDeps {
  readonly clock: Clock;
  readonly observeRequest: ObserveRequest;
}

/** Observes each request after its last byte is sent or its client disconnects. */
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
