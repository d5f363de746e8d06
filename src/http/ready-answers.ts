import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type ExpositionFormat, preferredFormat } from '../domain/exposition.ts';
import { acceptsGzip } from './content-negotiation.ts';
import type { HttpDeps } from './deps.ts';
import type { AnswerHealth } from './health-status.ts';
import { EVERYTHING } from './health-verdict.ts';
import { lengthOf, METRICS_HEADERS } from './metrics.ts';
import { type Headers, SECURITY_HEADERS } from './security-headers.ts';

const HEALTH_PATH = '/health/status';

/** A response that needs no rendering. */
interface Ready {
  readonly route: string;
  readonly code: number;
  readonly headers: Headers;
  readonly parts: readonly Buffer[];
}

/** Bodies up to this size are sent as text, which is cheaper than a buffer. From 8 kB on a buffer is cheaper. */
const TEXT_BYTES = 4096;

/**
 * Responds to the most frequent requests, `/metrics` and `/health/status` without a query, before they reach Fastify, which
 * would cost a third of the throughput. Applies when the response needs no rendering and the request has nothing special.
 * Responses are the same as from the routes, which handle all other requests.
 */
export function serveReadyAnswers(server: Server, deps: HttpDeps, answerHealth: AnswerHealth): void {
  const { web, isDraining, telemetryPath, routePrefix, readyMetricsPage, gate, clock, observeRequest } = deps;
  const healthUrl = `${routePrefix}${HEALTH_PATH}`;
  const metricsUrl = `${routePrefix}${telemetryPath}`;
  const prepare = createPrepare();
  const formatOf = createFormatOf();
  const [route, ...others] = server.listeners('request');
  if (route === undefined || others.length > 0) throw new Error('expected exactly one request listener on the server');

  /** Errors here are ignored: the route hits the same bug and logs it. */
  function findSafely(request: IncomingMessage): Ready | undefined {
    try {
      return find(request);
    } catch {
      return undefined;
    }
  }

  function find({ method, url, headers }: IncomingMessage): Ready | undefined {
    if (method !== 'GET' || headers.host === undefined || web !== undefined || isDraining()) return undefined;
    if (url === healthUrl) return health();
    if (url !== metricsUrl) return undefined;
    const format = formatOf(headers.accept);
    const page = readyMetricsPage(format);
    const isGzip = acceptsGzip(headers['accept-encoding']);
    const gzipped = isGzip ? page?.gzippedBody() : undefined;
    const parts = isGzip ? gzipped && [gzipped] : page?.chunks();
    return (
      parts && { route: telemetryPath, code: 200, headers: METRICS_HEADERS[format][isGzip ? 'gzip' : 'plain'], parts }
    );
  }

  function health(): Ready {
    const { code, headers, body } = answerHealth(EVERYTHING);
    return { route: HEALTH_PATH, code, headers, parts: [body] };
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const startedMs = clock.monotonicMs();
    const ready = findSafely(request);
    const entry = ready?.route === telemetryPath ? gate.enter() : undefined;
    // The route answers requests that the gate rejects.
    if (ready === undefined || (entry !== undefined && entry.kind !== 'entered')) {
      route?.call(server, request, response);
      return;
    }
    send(response, ready, prepare(ready), () => {
      entry?.leave();
      observeRequest(ready.route, ready.code, (clock.monotonicMs() - startedMs) / 1000);
    });
  }

  server.removeAllListeners('request');
  server.on('request', serve);
}

/** Caches the format for the last Accept header: clients keep sending the same one. */
function createFormatOf(): (accept: string | undefined) => ExpositionFormat {
  let last: { readonly accept: string | undefined; readonly format: ExpositionFormat } | undefined;
  return (accept) => {
    if (last === undefined || last.accept !== accept) last = { accept, format: preferredFormat(accept) };
    return last.format;
  };
}

/** Sends a response; calls `onEnd` once, after the last byte or when the client disconnects. */
function send(response: ServerResponse, { code, parts }: Ready, { head, text }: Prepared, onEnd: () => void): void {
  response.writeHead(code, head);
  if (text !== undefined) {
    response.end(text, 'latin1');
  } else {
    response.cork();
    for (const part of parts.slice(0, -1)) response.write(part);
    response.end(parts.at(-1));
  }
  // The kernel has usually taken the whole response by now. A listener for each would cost 5 % of the time of a response.
  if (response.socket?.writableLength === 0) onEnd();
  else response.once('close', onEnd);
}

/** Head and body of a response, cached for the next request. */
interface Prepared {
  /** Header names and values, alternating. */
  readonly head: string[];
  /** A small body as Latin-1, one character per byte: Node.js sends text together with the head in one write. */
  readonly text: string | undefined;
}

/** Caches the prepared response of each route until the response changes. */
function createPrepare(): (ready: Ready) => Prepared {
  const kept = new Map<string, Prepared & { readonly ready: Ready }>();

  return (ready) => {
    const { route, headers, parts } = ready;
    const last = kept.get(route);
    // Each version of a page has a new last chunk.
    if (last !== undefined && last.ready.parts.at(-1) === parts.at(-1) && last.ready.headers === headers) return last;
    const length = lengthOf(parts);
    const head = Object.entries({ ...SECURITY_HEADERS, ...headers, 'content-length': String(length) }).flat();
    // With several chunks, the last one does not identify the others.
    const text = parts.length === 1 && length <= TEXT_BYTES ? parts[0]?.toString('latin1') : undefined;
    const prepared = { ready, head, text };
    kept.set(route, prepared);
    return prepared;
  };
}
