import type { FastifyInstance } from 'fastify';

/** The URL of a request as the routes know it: without the prefix, such as `/genesis`, which is empty for the root. A URL outside of the prefix stays as it is. */
export function withoutPrefix(url: string, prefix: string): string {
  if (prefix === '' || !isBelow(url, prefix)) return url;
  const rest = url.slice(prefix.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Answers requests outside of the prefix: the root and the prefix without its slash lead to it, all others have no route. */
export function registerRoutePrefix(app: FastifyInstance, prefix: string): void {
  if (prefix === '') return;
  app.addHook('onRequest', (request, reply, done) => {
    const { originalUrl } = request;
    const [path = ''] = originalUrl.split('?', 1);
    if (path === '/' || path === prefix) {
      // Relative to what was asked for, so that it holds below the path of a proxy too.
      const last = prefix.slice(path === '/' ? 1 : prefix.lastIndexOf('/') + 1);
      reply
        .code(307)
        .header('location', `${last}/${originalUrl.slice(path.length)}`)
        .send();
    } else if (isBelow(path, prefix)) done();
    else reply.code(404).send({ error: `not found; all paths are below ${prefix}/` });
  });
}

function isBelow(url: string, prefix: string): boolean {
  return url.startsWith(prefix) && /^[/?]?$/.test(url.charAt(prefix.length));
}
