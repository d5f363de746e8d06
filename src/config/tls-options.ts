import type { Path } from './problem.ts';
import type { TlsDocument } from './schema-http.ts';
import { type Resolving, secretOf } from './secret.ts';
import type { TlsClientOptions } from './settings.ts';

const NODE_TLS_VERSIONS = { TLS10: 'TLSv1', TLS11: 'TLSv1.1', TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' } as const;

/** The TLS options of the `tls_config` at `at`. */
export function resolveTls(document: TlsDocument, at: Path, resolving: Resolving): TlsClientOptions {
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
