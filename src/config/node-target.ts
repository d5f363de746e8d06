import { formatHostPort } from '../domain/target-address.ts';
import { DEFAULTS } from './defaults.ts';
import { type HttpUrl, parseHttpUrl } from './health-url.ts';
import type { Path } from './problem.ts';
import type { NodeDocument } from './schema.ts';
import type { Resolving } from './secret.ts';
import type { HttpClientOptions, Module } from './settings.ts';

const NO_TARGET: HttpUrl = { url: '', host: '', user: undefined };

/** An http or https URL taken apart; one without a host when it is none. */
export function httpUrlOf(text: string): HttpUrl {
  return parseHttpUrl(text) ?? NO_TARGET;
}

/** The health URL that a module makes for a host, at its own port unless said otherwise. */
export function moduleUrl(module: Module, host: string, port = module.port): string {
  return `${module.scheme}://${formatHostPort(host, port)}${module.path}`;
}

/** The health endpoint of the node at `at`: its own URL, else from its address and module; reported when it has neither. */
export function resolveTarget(document: NodeDocument, module: Module, at: Path, { report }: Resolving): HttpUrl {
  const { health_url: healthUrl, genesis_home: home } = document;
  const address = document.address ?? (home === undefined ? undefined : DEFAULTS.homeAddress);
  const target = httpUrlOf(healthUrl ?? (address === undefined ? '' : moduleUrl(module, address)));
  if (target !== NO_TARGET) return target;
  const from = [
    [...at, 'address'],
    [...at, 'health_url'],
    [...at, 'genesis_home'],
  ];
  report({ path: at, message: 'expected address, health_url or genesis_home', from });
  return NO_TARGET;
}

/** The user of a URL as credentials. */
export function urlUserOf({ user }: HttpUrl): HttpClientOptions['basicAuth'] {
  if (user === undefined) return undefined;
  return {
    username: { kind: 'inline', value: user.username },
    password: { kind: 'inline', value: user.password },
  };
}

/** HTTP client options with the user of the URL, if it has one, in place of other credentials. */
export function withUrlUser(http: HttpClientOptions, urlUser: HttpClientOptions['basicAuth']): HttpClientOptions {
  return urlUser === undefined ? http : { ...http, basicAuth: urlUser, authorization: undefined };
}

/** Reports a URL at `path` that has a user although `owner` has credentials. */
export function reportTwoUsers(
  target: HttpUrl,
  http: HttpClientOptions,
  owner: string,
  path: Path,
  { report }: Resolving,
): void {
  if (target.user === undefined || (http.basicAuth === undefined && http.authorization === undefined)) return;
  report({ path, message: `expected no user in the URL, since ${owner} basic_auth or authorization` });
}
