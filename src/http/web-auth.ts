import type { FastifyInstance } from 'fastify';
import type { WebAccess } from './deps.ts';
import { parseBasicAuth } from './web-users.ts';

const CHALLENGE = 'Basic realm="genesis-exporter", charset="UTF-8"';

/** Requires basic authentication on every path, known or not, except the exempt ones. Without configured users, access is open. */
export function registerAuth(app: FastifyInstance, { current, verifier, exemptPaths }: WebAccess): void {
  const exempt = new Set(exemptPaths);
  app.addHook('onRequest', async (request, reply) => {
    const { users } = current();
    // Compares the raw path: another spelling of an exempt path, such as an encoded one, still needs a user.
    if (users.size === 0 || exempt.has(request.url.split('?', 1)[0] ?? '')) return;
    const credentials = parseBasicAuth(request.headers.authorization);
    const verified = credentials === undefined ? 'unknown' : await verifier.verify(credentials, users);
    if (verified === 'known') return;
    if (verified === 'busy')
      return reply.code(503).header('retry-after', 5).send({ error: 'too many sign-ins at once' });
    return reply.code(401).header('www-authenticate', CHALLENGE).send({ error: 'unauthorized' });
  });
}
