import type { Path } from './problem.ts';
import type { Resolving } from './secret.ts';
import type { Secret, TlsVersion } from './settings.ts';
import type { CLIENT_AUTH_TYPES, WebTlsDocument } from './web-config-schema.ts';
import { TLS_VERSIONS, toCipherList } from './web-tls-names.ts';

/** Whether the server asks clients for a certificate, requires it and verifies it. */
export type ClientAuth = (typeof CLIENT_AUTH_TYPES)[number];

/** TLS options of the server: its certificate, and which clients it accepts. */
export interface ServerTls {
  readonly cert: Secret;
  readonly key: Secret;
  /** Undefined for the default CAs of Node.js. */
  readonly clientCa: Secret | undefined;
  readonly clientAuth: ClientAuth;
  /** A client's certificate must have one of these names; undefined accepts any name. */
  readonly allowedSans: readonly string[] | undefined;
  /** Cipher list in OpenSSL's format; undefined for the default of Node.js. */
  readonly ciphers: string | undefined;
  /** List of curves in OpenSSL's format; undefined for OpenSSL's default. */
  readonly curves: string | undefined;
  readonly prefersServerCiphers: boolean;
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
}

/** Path of the TLS options in the file. */
export const TLS_PATH = ['tls_server_config'] as const satisfies Path;

type PemKey = 'cert' | 'key' | 'client_ca';

/** The TLS options of a web configuration; undefined when it configures no TLS. */
export function resolveServerTls(document: WebTlsDocument, { report, resolveFile }: Resolving): ServerTls | undefined {
  // As in exporter-toolkit, an empty text counts as missing, and a file takes precedence over a text.
  function pemOf(key: PemKey): Secret | undefined {
    const file = document[`${key}_file`];
    if (file) return { kind: 'file', path: resolveFile(file) };
    const text = document[key];
    return text ? { kind: 'inline', value: text } : undefined;
  }

  function requiredPemOf(key: PemKey): Secret {
    const pem = pemOf(key);
    if (pem !== undefined) return pem;
    const from = [key, `${key}_file`].map((name) => [...TLS_PATH, name]);
    report({ path: TLS_PATH, message: `expected ${key} or ${key}_file`, from });
    return { kind: 'inline', value: '' };
  }

  const clientCa = pemOf('client_ca');
  const { client_auth_type: authType = '', min_version: min = 'TLS12', max_version: max = 'TLS13' } = document;
  if (pemOf('cert') === undefined && pemOf('key') === undefined && clientCa === undefined && authType === '') {
    return undefined;
  }
  const clientAuth = toClientAuth(authType);
  if (clientCa !== undefined && clientAuth === 'NoClientCert') {
    const from = [[...TLS_PATH, 'client_auth_type']];
    report({
      path: TLS_PATH,
      message: 'expected a client_auth_type that asks for certificates, beside a client CA',
      from,
    });
  }
  if (min > max) {
    const from = ['min_version', 'max_version'].map((name) => [...TLS_PATH, name]);
    report({ path: [...TLS_PATH, 'min_version'], message: `expected at most max_version (${max}), got ${min}`, from });
  }
  return {
    cert: requiredPemOf('cert'),
    key: requiredPemOf('key'),
    clientCa,
    clientAuth,
    allowedSans: document.client_allowed_sans,
    ciphers: document.cipher_suites?.length ? toCipherList(document.cipher_suites) : undefined,
    curves: document.curve_preferences?.length ? document.curve_preferences.join(':') : undefined,
    prefersServerCiphers: document.prefer_server_cipher_suites ?? true,
    minVersion: TLS_VERSIONS[min],
    maxVersion: TLS_VERSIONS[max],
  };
}

function toClientAuth(authType: NonNullable<WebTlsDocument['client_auth_type']>): ClientAuth {
  if (authType === '') return 'NoClientCert';
  // exporter-toolkit's older name of the same type.
  return authType === 'RequireClientCert' ? 'RequireAnyClientCert' : authType;
}
