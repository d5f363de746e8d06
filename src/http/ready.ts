import type { FastifyReply } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { type Headers, SECURITY_HEADERS } from './security-headers.ts';

/** Sends bytes or a text that are ready, as a 200 unless the reply has another code; `more` are names and values in turn. */
export type SendReady = (reply: FastifyReply, body: Buffer | string, more?: readonly string[]) => void;

/**
 * A sender past Fastify's own for the answers that are asked for most: the head is put together once. Where headers depend on
 * more than the route, Fastify does it.
 */
export function createReadySender(headers: Headers, { web, isDraining }: HttpDeps): SendReady {
  const head = Object.entries({ ...SECURITY_HEADERS, ...headers }).flat();

  return (reply, body, more = []) => {
    if (web !== undefined || isDraining()) {
      for (let at = 0; at + 1 < more.length; at += 2) reply.header(more[at] ?? '', more[at + 1]);
      reply.headers(headers).send(body);
      return;
    }
    reply.hijack();
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
    reply.raw.writeHead(reply.statusCode, head.concat(more, 'content-length', String(length)));
    reply.raw.end(body);
  };
}
