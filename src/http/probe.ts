import type { FastifyInstance } from 'fastify';
import { CONTENT_TYPES, END_OF_OPEN_METRICS, preferredFormat, toOpenMetrics } from '../domain/exposition.ts';
import { FLAG, querySchema, TEXT } from './query.ts';

/** A request to probe one target. */
export interface ProbeRequest {
  /** A node's name or `host:port`. */
  readonly target: string;
  /** Undefined for the node's own module, or the default module for `host:port`. */
  readonly module: string | undefined;
  /** Shortens the node's own deadline, never extends it; undefined leaves it. */
  readonly timeoutMs: number | undefined;
}

/** The result of a probe request. Texts are rendered on demand. */
export type ProbeAnswer =
  | { readonly kind: 'probed'; readonly page: () => Promise<string>; readonly debugText: () => Promise<string> }
  | { readonly kind: 'bad_request' | 'forbidden' | 'unavailable'; readonly error: string };

/** What the `/probe` route needs. */
export interface ProbeDeps {
  readonly probe: (request: ProbeRequest) => Promise<ProbeAnswer>;
  /** How long before Prometheus' scrape timeout the response has to be ready. */
  readonly timeoutOffsetMs: number;
}

const QUERY = querySchema({ target: TEXT, module: TEXT, debug: FLAG });

interface Query {
  readonly target?: string;
  readonly module?: string;
  readonly debug?: boolean;
}

const CODES = { bad_request: 400, forbidden: 403, unavailable: 503 } as const;

/** `/probe`: probes a target now and responds with its series, or with a report when `debug=true`. HEAD probes too. */
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
    // The report quotes remote text: `nosniff` and a plain type keep a browser from running it.
    reply.header('x-content-type-options', 'nosniff');
    if (debug === true) return reply.type('text/plain; charset=utf-8').send(await answer.debugText());
    const format = preferredFormat(request.headers.accept);
    const page = await answer.page();
    reply.header('vary', 'Accept').type(CONTENT_TYPES[format]);
    return reply.send(format === 'text' ? page : toOpenMetrics(page) + END_OF_OPEN_METRICS);
  });
}

const SECONDS = /^\d{1,9}(?:\.\d{1,9})?$/;

/**
 * Milliseconds that a probe may take to respond before Prometheus gives up: the `X-Prometheus-Scrape-Timeout-Seconds` header
 * minus the offset, but at least half of the header's value. Undefined without the header; `malformed` when it is not a
 * positive number.
 */
export function probeTimeoutMs(header: string | undefined, offsetMs: number): number | undefined | 'malformed' {
  if (header === undefined) return undefined;
  const scrapeMs = SECONDS.test(header.trim()) ? Number(header) * 1000 : 0;
  return scrapeMs > 0 ? Math.ceil(Math.max(scrapeMs - offsetMs, scrapeMs / 2)) : 'malformed';
}
