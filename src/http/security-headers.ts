import type { FastifyInstance } from 'fastify';

/** Header values by lower-case name. */
export type Headers = Readonly<Record<string, string>>;

/** Default headers of every response: no framing, no content sniffing, no scripts. Routes and the web configuration file may replace them. */
export const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const satisfies Headers;

/** Adds the security headers that a route has not set. The headers from `configured`, read at each response, replace all others. */
export function registerSecurityHeaders(app: FastifyInstance, configured: (() => Headers) | undefined): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    if (configured !== undefined) reply.headers(configured());
    done(null, payload);
  });
}
