import { formatHostPort } from '../domain/host-port.ts';
import { type HttpUrl, parseHttpUrl } from './health-url.ts';
import type { Module } from './module.ts';
import type { Path } from './problem.ts';
import type { NodeDocument } from './schema.ts';
import type { Resolving } from './secret.ts';
import type { HttpClientOptions } from './settings.ts';

const NO_TARGET: HttpUrl = { url: '', host: '', user: undefined };

/** The health endpoint of the node at `at`: its own URL, else from its address and module; reported when it has neither. */
export function resolveTarget(document: NodeDocument, module: Module, at: Path, { report }: Resolving): HttpUrl {
  const { address, health_url: healthUrl } = document;
  const fromAddress = address && `${module.scheme}://${formatHostPort(address, module.port)}${module.path}`;
  const target = parseHttpUrl(healthUrl ?? fromAddress ?? '');
  if (target !== undefined) return target;
  const from = [
    [...at, 'address'],
    [...at, 'health_url'],
  ];
  report({ path: at, message: 'expected address or health_url', from });
  return NO_TARGET;
}

/** The module's HTTP client options, with the user of the URL when that has one. */
export function withUserOf(target: HttpUrl, { http }: Module, at: Path, { report }: Resolving): HttpClientOptions {
  if (target.user === undefined) return http;
  if (http.basicAuth !== undefined || http.authorization !== undefined) {
    const message = 'expected no user in the URL, since the module has basic_auth or authorization';
    report({ path: [...at, 'health_url'], message });
  }
  const { username, password } = target.user;
  return {
    ...http,
    basicAuth: { username: { kind: 'inline', value: username }, password: { kind: 'inline', value: password } },
  };
}
