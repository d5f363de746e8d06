import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptsGzip } from './metrics.ts';

const compress = promisify(gzip);

/** Below this a text is sent faster than it is compressed. */
const MIN_COMPRESSED_LENGTH = 16_384;

/** Sends a text, a large one compressed for whoever asks. */
export async function sendCompressed(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
): Promise<FastifyReply> {
  reply.header('vary', 'Accept-Encoding');
  if (text.length < MIN_COMPRESSED_LENGTH || !acceptsGzip(request.headers['accept-encoding'])) return reply.send(text);
  const body = await compress(text, { level: constants.Z_BEST_SPEED });
  return reply.header('content-encoding', 'gzip').send(body);
}
