import type { FastifyInstance } from 'fastify';
import { CONTENT_TYPES, END_OF_OPEN_METRICS, preferredFormat, toOpenMetrics } from '../domain/exposition.ts';
import { probeTimeoutMs } from './probe-timeout.ts';
import { FLAG, querySchema, TEXT } from './query.ts';

/** What somebody wants to have probed. */
export interface ProbeRequest {
  /** A node's name or `host:port`. */
  readonly target: string;
  /** Undefined for the node's own module, or the default one. */
  readonly module: string | undefined;
  /** Undefined for the node's own deadline, which is never exceeded. */
  readonly timeoutMs: number | undefined;
}

/** What became of it. The texts of a probe are made when they are asked for. */
export type ProbeAnswer =
  | { readonly kind: 'probed'; readonly page: () => Promise<string>; readonly debugText: () => Promise<string> }
  | { readonly kind: 'bad_request' | 'forbidden' | 'unavailable'; readonly error: string };

/** What the route needs. */
export interface ProbeDeps {
  readonly probe: (request: ProbeRequest) => Promise<ProbeAnswer>;
  /** How much earlier than Prometheus' own deadline an answer has to be there. */
  readonly timeoutOffsetMs: number;
}

const QUERY = querySchema({ target: TEXT, module: TEXT, debug: FLAG });

interface Query {
  readonly target?: string;
  readonly module?: string;
  readonly debug?: boolean;
}

const CODES = { bad_request: 400, forbidden: 403, unavailable: 503 } as const;

/** `/probe`: probes a node now and answers with its series, or with `debug=true` with all that happened. HEAD probes too. */
export function registerProbe(app: FastifyInstance, { probe, timeoutOffsetMs }: ProbeDeps): void {
  app.get<{ Querystring: Query }>('/probe', { schema: QUERY }, async (request, reply) => {
    const { target, module, debug } = request.query;
    reply.header('cache-control', 'no-store');
    if (target === undefined || target === '') {
      return reply.code(400).send({ error: "target: expected the name of a node, or a health endpoint's host:port" });
    }
    const header = request.headers['x-prometheus-scrape-timeout-seconds'];
    const timeoutMs = probeTimeoutMs(header?.toString(), timeoutOffsetMs);
    if (timeoutMs === 'malformed') {
      return reply.code(400).send({ error: 'X-Prometheus-Scrape-Timeout-Seconds: expected a number above 0' });
    }
    const answer = await probe({ target, module, timeoutMs });
    if (answer.kind !== 'probed') return reply.code(CODES[answer.kind]).send({ error: answer.error });
    // What others wrote is quoted here: no browser may take it for a page.
    reply.header('x-content-type-options', 'nosniff');
    if (debug === true) return reply.type('text/plain; charset=utf-8').send(await answer.debugText());
    const format = preferredFormat(request.headers.accept);
    const page = await answer.page();
    reply.header('vary', 'Accept').type(CONTENT_TYPES[format]);
    return reply.send(format === 'text' ? page : toOpenMetrics(page) + END_OF_OPEN_METRICS);
  });
}
