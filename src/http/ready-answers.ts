import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type ExpositionFormat, preferredFormat } from '../domain/exposition.ts';
import type { HttpDeps } from './deps.ts';
import type { AnswerHealth } from './health-answer.ts';
import { EVERYTHING } from './health-verdict.ts';
import { acceptsGzip, lengthOf, METRICS_HEADERS } from './metrics.ts';
import { type Headers, SECURITY_HEADERS } from './security-headers.ts';

const HEALTH_PATH = '/health/status';

/** A response that needs no rendering. */
interface Ready {
  readonly route: string;
  readonly code: number;
  readonly headers: Headers;
  readonly parts: readonly Buffer[];
}

/** Up to this text costs less than a buffer; text of 8 kB or more costs more. */
const TEXT_BYTES = 4096;

/**
 * Lets a server answer what is asked for most, `/metrics` and `/health/status` without a query, past the framework, through which
 * two thirds of what Node.js alone can serve are left: just as the routes do, when the answer is at hand and there is nothing
 * special about the request. All else goes to the routes.
 */
export function serveReadyAnswers(server: Server, deps: HttpDeps, answerHealth: AnswerHealth): void {
  const { web, isDraining, telemetryPath, routePrefix, readyMetricsPage, gate, clock, observeRequest } = deps;
  const healthUrl = `${routePrefix}${HEALTH_PATH}`;
  const metricsUrl = `${routePrefix}${telemetryPath}`;
  const prepare = createPrepare();
  const formatOf = createFormatOf();
  const [route, ...others] = server.listeners('request');
  if (route === undefined || others.length > 0) throw new Error('a server has one listener for its requests');

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

/** The format that a client prefers; clients send the same header again and again. */
function createFormatOf(): (accept: string | undefined) => ExpositionFormat {
  let last: { readonly accept: string | undefined; readonly format: ExpositionFormat } | undefined;
  return (accept) => {
    if (last === undefined || last.accept !== accept) last = { accept, format: preferredFormat(accept) };
    return last.format;
  };
}

/** Sends an answer; `onEnd` is called once, when its last byte is out or the client gone. */
function send(response: ServerResponse, { code, parts }: Ready, { head, text }: Prepared, onEnd: () => void): void {
  response.writeHead(code, head);
  if (text !== undefined) {
    response.end(text, 'latin1');
  } else {
    response.cork();
    for (const part of parts.slice(0, -1)) response.write(part);
    response.end(parts.at(-1));
  }
  // Most answers the kernel has taken whole by now; to be told of the end of each would take a twentieth of its time.
  if (response.socket?.writableLength === 0) onEnd();
  else response.once('close', onEnd);
}

/** What each answer like the last needs, prepared once. */
interface Prepared {
  /** Names and values in turn. */
  readonly head: string[];
  /** A small body, a character for each byte: Node.js sends text in one piece with the head, for less than head and buffer. */
  readonly text: string | undefined;
}

/** Prepares answers; what was prepared last for each route is kept for as long as its answer stays the same. */
function createPrepare(): (ready: Ready) => Prepared {
  const kept = new Map<string, Prepared & { readonly ready: Ready }>();

  return (ready) => {
    const { route, headers, parts } = ready;
    const last = kept.get(route);
    // The last chunk of a page is a new one in each version.
    if (last !== undefined && last.ready.parts.at(-1) === parts.at(-1) && last.ready.headers === headers) return last;
    const length = lengthOf(parts);
    const head = Object.entries({ ...SECURITY_HEADERS, ...headers, 'content-length': String(length) }).flat();
    // With several chunks the last one does not show whether the others are the same.
    const text = parts.length === 1 && length <= TEXT_BYTES ? parts[0]?.toString('latin1') : undefined;
    const prepared = { ready, head, text };
    kept.set(route, prepared);
    return prepared;
  };
}
