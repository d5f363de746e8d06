import type { Diagnosis, Hint } from '../domain/hint.ts';
import { excerpt, withoutSecrets } from './excerpt.ts';
import { HEALTH, type Wanted } from './wanted.ts';

/** An answer whose code is neither 200 nor 503. */
export interface SeenStatus {
  /** The requested URL. */
  readonly url: URL;
  readonly statusCode: number;
  readonly contentType: string | undefined;
  /** The header as received. */
  readonly location: string | undefined;
  /** The beginning of the body, decoded where possible. */
  readonly text: string;
  /** Secrets to hide in the detail. */
  readonly secrets: readonly string[];
  /** The kind of answer that was requested. Default: a health answer. */
  readonly wanted?: Wanted;
}

const KNOWN: ReadonlyMap<number, readonly [Hint, string]> = new Map([
  [401, ['credentials-wanted', 'it wants credentials, or refuses those it was given']],
  [403, ['forbidden', 'it does not allow the exporter this path']],
  [407, ['proxy-credentials-wanted', 'the proxy wants credentials']],
  [429, ['too-many-requests', 'it is asked too often']],
  [502, ['gateway-error', 'a proxy got no good answer from what is behind it']],
  [504, ['gateway-error', 'a proxy got no answer in time from what is behind it']],
]);

/** Describes a status code that Genesis never sends, with the beginning of the body. */
export function diagnoseStatus(seen: SeenStatus): Diagnosis {
  const { statusCode, contentType, text, secrets, wanted = HEALTH } = seen;
  const { hint, text: meaning } = isRedirect(statusCode) ? redirect(seen) : meaningOf(statusCode, wanted);
  const type = contentType === undefined ? '' : `, ${withoutSecrets(contentType, secrets).slice(0, 60)}`;
  const begins = text.trim() === '' ? '' : `; the body begins ${excerpt(text, secrets)}`;
  return { hint, text: `answered ${statusCode}${type}: ${meaning}${begins}` };
}

function isRedirect(statusCode: number): boolean {
  return statusCode >= 300 && statusCode < 400 && statusCode !== 304;
}

function meaningOf(statusCode: number, wanted: Wanted): Diagnosis {
  if (statusCode === 404) return { hint: 'not-found', text: `it has no such path; ${wanted.path}` };
  const [hint, text] = KNOWN.get(statusCode) ?? [];
  if (hint !== undefined && text !== undefined) return { hint, text };
  if (statusCode >= 500) return { hint: 'server-error', text: 'the server failed' };
  return { hint: 'other-status', text: wanted.codes };
}

function redirect({ url, location, secrets, wanted = HEALTH }: SeenStatus): Diagnosis {
  const target = location === undefined || !URL.canParse(location, url.href) ? undefined : new URL(location, url);
  if (target === undefined) return { hint: 'redirect', text: 'a redirect to nowhere' };
  // The query may contain a token.
  const shown = `${target.origin === url.origin ? '' : target.origin}${target.pathname}`;
  const to = `a redirect to ${unquoted(excerpt(shown, secrets))}`;
  if (/log-?in|sign-?in|auth|sso|saml/i.test(`${target.hostname}${target.pathname}`))
    return { hint: 'redirect-to-login', text: `${to}, which looks like a login; redirects are not followed` };
  if (url.protocol === 'http:' && target.protocol === 'https:' && target.pathname === url.pathname)
    return { hint: 'redirect-to-https', text: `${to}; ${wanted.https}` };
  return { hint: 'redirect', text: `${to}; redirects are not followed` };
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/s, '$1');
}
