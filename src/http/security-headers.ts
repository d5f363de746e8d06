import type { FastifyInstance } from 'fastify';

/** Header values by lower-case name. */
export type Headers = Readonly<Record<string, string>>;

/** What every answer has unless its route or the web configuration file says otherwise: nothing here is to be framed, guessed at or run. */
export const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const satisfies Headers;

/** Sets the security headers that a route has not set; those of `configured`, which are asked for at each answer, win over all. */
export function registerSecurityHeaders(app: FastifyInstance, configured: (() => Headers) | undefined): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    if (configured !== undefined) reply.headers(configured());
    done(null, payload);
  });
}
