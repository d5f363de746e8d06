import type { FastifyInstance } from 'fastify';

/** The path below which all routes are, such as `/genesis`; empty for the root. */
export type RoutePrefix = string;

/** The URL of a request as the routes know it: without the prefix. One outside of the prefix stays as it is. */
export function withoutPrefix(url: string, prefix: RoutePrefix): string {
  if (prefix === '' || !isBelow(url, prefix)) return url;
  const rest = url.slice(prefix.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Answers requests outside of the prefix: the root and the prefix without its slash lead to it, all others have no route. */
export function registerRoutePrefix(app: FastifyInstance, prefix: RoutePrefix): void {
  if (prefix === '') return;
  app.addHook('onRequest', (request, reply, done) => {
    const [path = '', query] = request.originalUrl.split('?', 2);
    if (path === '/' || path === prefix) {
      // Relative to what was asked for, so that it holds below the path of a proxy too.
      const last = prefix.slice(path === '/' ? 1 : prefix.lastIndexOf('/') + 1);
      reply
        .code(307)
        .header('location', `${last}/${query === undefined ? '' : `?${query}`}`)
        .send();
    } else if (isBelow(path, prefix)) done();
    else reply.code(404).send({ error: `not found; all paths are below ${prefix}/` });
  });
}

function isBelow(url: string, prefix: RoutePrefix): boolean {
  return url.startsWith(prefix) && /^[/?]?$/.test(url.charAt(prefix.length));
}
