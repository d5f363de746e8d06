import { formatHostPort } from '../domain/target-address.ts';
import { DEFAULTS } from './defaults.ts';
import { type HttpUrl, parseHttpUrl } from './health-url.ts';
import type { Path } from './problem.ts';
import type { NodeDocument } from './schema.ts';
import type { Resolving } from './secret.ts';
import type { HttpClientOptions, Module } from './settings.ts';

const NO_TARGET: HttpUrl = { url: '', host: '', user: undefined };

/** Parses an http or https URL; all parts are empty when the text is no such URL. */
export function httpUrlOf(text: string): HttpUrl {
  return parseHttpUrl(text) ?? NO_TARGET;
}

/** The health URL of a host, with scheme and path of the module, and its port by default. */
export function moduleUrl(module: Module, host: string, port = module.port): string {
  return `${module.scheme}://${formatHostPort(host, port)}${module.path}`;
}

/** The health endpoint of the node at `at`: its `health_url`, or its address with the module. Reports a node that has neither. */
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

/** HTTP client options in which the user of the URL, if any, replaces all other credentials. */
export function withUrlUser(http: HttpClientOptions, urlUser: HttpClientOptions['basicAuth']): HttpClientOptions {
  return urlUser === undefined ? http : { ...http, basicAuth: urlUser, authorization: undefined };
}

/** Reports a URL at `path` that has a user although `owner` configures credentials. */
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
