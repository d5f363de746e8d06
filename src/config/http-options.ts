import { DEFAULTS } from './defaults.ts';
import type { Path } from './problem.ts';
import { resolveProxy } from './proxy-options.ts';
import type { HttpClientDocument, TlsDocument } from './schema-http.ts';
import { type HttpResolving, type Resolving, requiredSecretOf, secretOf } from './secret.ts';
import type { HeaderOptions, HttpClientOptions, Secret, TlsClientOptions } from './settings.ts';

/** Headers that the HTTP client sets itself, or that other options configure. */
const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'www-authenticate',
]);

/** The HTTP client options of the mapping at `at`. */
export function resolveHttp(document: HttpClientDocument, at: Path, resolving: HttpResolving): HttpClientOptions {
  if (document.basic_auth !== undefined && document.authorization !== undefined) {
    const path = [...at, 'authorization'];
    resolving.report({ path, message: 'expected either basic_auth or authorization, got both', from: [] });
  }
  return {
    basicAuth: resolveBasicAuth(document.basic_auth, [...at, 'basic_auth'], resolving),
    authorization: resolveAuthorization(document.authorization, [...at, 'authorization'], resolving),
    tls: resolveTls(document.tls_config ?? {}, [...at, 'tls_config'], resolving),
    headers: resolveHeaders(document.http_headers ?? {}, [...at, 'http_headers'], resolving),
    proxy: resolveProxy(document, at, resolving),
  };
}

function resolveBasicAuth(
  document: HttpClientDocument['basic_auth'],
  at: Path,
  resolving: Resolving,
): HttpClientOptions['basicAuth'] {
  if (document === undefined) return undefined;
  if (document.username?.includes(':') === true) {
    resolving.report({ path: [...at, 'username'], message: 'expected a user name without a colon' });
  }
  return {
    username: requiredSecretOf(document, 'username', at, resolving),
    password: secretOf(document, 'password', at, resolving) ?? { kind: 'inline', value: '' },
  };
}

function resolveAuthorization(
  document: HttpClientDocument['authorization'],
  at: Path,
  resolving: Resolving,
): HttpClientOptions['authorization'] {
  if (document === undefined) return undefined;
  const type = document.type ?? DEFAULTS.authorizationType;
  if (type.toLowerCase() === 'basic') {
    resolving.report({ path: [...at, 'type'], message: 'expected another type than Basic, which basic_auth is for' });
  }
  return { type, credentials: requiredSecretOf(document, 'credentials', at, resolving) };
}

function resolveHeaders(
  document: NonNullable<HttpClientDocument['http_headers']>,
  at: Path,
  { report, resolveFile }: Resolving,
): readonly HeaderOptions[] {
  const seen = new Set<string>();
  return Object.entries(document).map(([name, { values = [], secrets = [], files = [] }]) => {
    const path = [...at, name];
    const key = name.toLowerCase();
    if (RESERVED_HEADERS.has(key)) report({ path, message: 'expected a header that no other option sets' });
    if (seen.has(key)) report({ path, message: 'expected each header once, whatever its case' });
    seen.add(key);
    if (values.length + secrets.length + files.length === 0) {
      report({ path, message: 'expected at least one value' });
    }
    const inline = [...values, ...secrets].map((value): Secret => ({ kind: 'inline', value }));
    return { name, values: [...inline, ...files.map((file): Secret => ({ kind: 'file', path: resolveFile(file) }))] };
  });
}

const NODE_TLS_VERSIONS = { TLS10: 'TLSv1', TLS11: 'TLSv1.1', TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' } as const;

/** The TLS options of the `tls_config` at `at`. */
function resolveTls(document: TlsDocument, at: Path, resolving: Resolving): TlsClientOptions {
  const cert = secretOf(document, 'cert', at, resolving);
  const key = secretOf(document, 'key', at, resolving);
  if ((cert === undefined) !== (key === undefined)) {
    const from = ['cert', 'cert_file', 'key', 'key_file'].map((name) => [...at, name]);
    resolving.report({ path: at, message: 'expected a client certificate and its key, got only one of them', from });
  }
  const { min_version: min, max_version: max } = document;
  if (min !== undefined && max !== undefined && min > max) {
    resolving.report({ path: [...at, 'min_version'], message: `expected at most max_version (${max}), got ${min}` });
  }
  return {
    ca: secretOf(document, 'ca', at, resolving),
    cert,
    key,
    serverName: document.server_name,
    insecureSkipVerify: document.insecure_skip_verify ?? false,
    minVersion: min && NODE_TLS_VERSIONS[min],
    maxVersion: max && NODE_TLS_VERSIONS[max],
  };
}
