import type { WebAccess } from '../../src/http/deps.ts';
import type { WebInForce } from '../../src/http/web-config.ts';
import { compareBcrypt, createUserVerifier } from '../../src/http/web-users.ts';

/** Bcrypt of `secret` at the lowest cost. */
export const SECRET_HASH = '$2b$04$uvLrQbfjwPb5docsoD2cxueLts5XQ/XbxeqHrlXiec6a6uXl/eYMi';

/** A web configuration that asks for nothing but these. */
export function webInForce(changes: Partial<WebInForce> = {}): WebInForce {
  return { tls: undefined, headers: {}, users: new Map(), rateLimit: undefined, ...changes };
}

/** A web configuration at work that never changes. */
export function webAccess(changes: Partial<WebInForce> = {}, exemptPaths: readonly string[] = []): WebAccess {
  const web = webInForce(changes);
  return { current: () => web, verifier: createUserVerifier(compareBcrypt), exemptPaths };
}
