import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { HttpDeps } from './deps.ts';
import type { AnswerHealth } from './health-answer.ts';
import { EVERYTHING } from './health-verdict.ts';
import { acceptsGzip, GZIP_HEADERS, lengthOf, METRICS_HEADERS } from './metrics.ts';
import { type Headers, SECURITY_HEADERS } from './security-headers.ts';

/** An answer that is at hand. */
interface Ready {
  readonly route: string;
  readonly code: number;
  readonly headers: Headers;
  readonly parts: readonly Buffer[];
}

/**
 * Lets a server answer what is asked for most, `/metrics` and `/health/status` without a query, past the framework, through which
 * two thirds of what Node.js alone can serve are left: just as the routes do, when the answer is at hand and there is nothing
 * special about the request. All else goes to the routes.
 */
export function serveReadyAnswers(server: Server, deps: HttpDeps, answerHealth: AnswerHealth): void {
  const { web, isDraining, telemetryPath, metricsPageAtHand, gate, clock, observeRequest } = deps;
  const heads = createHeads();
  const [route, ...others] = server.listeners('request');
  if (route === undefined || others.length > 0) throw new Error('a server has one listener for its requests');

  /** A bug shows where the route meets it, and is told of there. */
  function findSafely(request: IncomingMessage): Ready | undefined {
    try {
      return find(request);
    } catch {
      return undefined;
    }
  }

  function find({ method, url, headers }: IncomingMessage): Ready | undefined {
    if (method !== 'GET' || headers.host === undefined || web !== undefined || isDraining()) return undefined;
    if (url === '/health/status') return health(url);
    if (url !== telemetryPath) return undefined;
    const page = metricsPageAtHand();
    const isGzip = acceptsGzip(headers['accept-encoding']);
    const gzipped = isGzip ? page?.gzippedBody() : undefined;
    const parts = isGzip ? gzipped && [gzipped] : page?.pieces();
    return parts && { route: url, code: 200, headers: isGzip ? GZIP_HEADERS : METRICS_HEADERS, parts };
  }

  function health(path: string): Ready {
    const { code, headers, body } = answerHealth(EVERYTHING);
    return { route: path, code, headers, parts: [body] };
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const startedMs = clock.monotonicMs();
    const ready = findSafely(request);
    const entry = ready?.route === telemetryPath ? gate.enter() : undefined;
    // Who is refused is told so by the route.
    if (ready === undefined || (entry !== undefined && entry.kind !== 'entered')) {
      route?.call(server, request, response);
      return;
    }
    send(response, ready.code, heads(ready), ready.parts, () => {
      entry?.leave();
      observeRequest(ready.route, ready.code, (clock.monotonicMs() - startedMs) / 1000);
    });
  }

  server.removeAllListeners('request');
  server.on('request', serve);
}

/** Sends an answer; `onEnd` is called once, when its last byte is out or the client gone. */
function send(
  response: ServerResponse,
  code: number,
  head: string[],
  parts: readonly Buffer[],
  onEnd: () => void,
): void {
  const [first, ...others] = parts;
  response.writeHead(code, head);
  if (others.length > 0) {
    response.cork();
    for (const part of parts) response.write(part);
    response.end();
    response.uncork();
  } else {
    response.end(first);
  }
  // Most answers the kernel has taken whole by now; to be told of the end of each would take a twentieth of its time.
  if (response.socket?.writableLength === 0) onEnd();
  else response.once('close', onEnd);
}

/** Puts heads together, names and values in turn; the last of each route is kept for as long as its answer stays the same. */
function createHeads(): (ready: Ready) => string[] {
  const kept = new Map<string, { readonly ready: Ready; readonly head: string[] }>();

  return (ready) => {
    const { route, headers, parts } = ready;
    const last = kept.get(route);
    // The last piece of a page is another in each version.
    if (last !== undefined && last.ready.parts.at(-1) === parts.at(-1) && last.ready.headers === headers)
      return last.head;
    const head = Object.entries({ ...SECURITY_HEADERS, ...headers, 'content-length': String(lengthOf(parts)) }).flat();
    kept.set(route, { ready, head });
    return head;
  };
}
