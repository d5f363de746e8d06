import type { HttpClientDocument, TlsDocument } from './schema-http.ts';

/** Replaces a secret. */
export const MASK = '<secret>';

/** Masks user, password and query of a URL, or the query of a path. */
export function maskUrl(url: string): string {
  return url.replace(/^(https?:\/\/)[^/?]*@/i, `$1${MASK}@`).replace(/\?.*$/, `?${MASK}`);
}

/** HTTP client options with all secrets masked; paths of files stay visible. */
export function maskHttp(document: HttpClientDocument): Record<string, unknown> {
  const {
    basic_auth: basicAuth,
    authorization,
    tls_config: tls,
    http_headers: headers,
    proxy_url: proxyUrl,
    no_proxy: noProxy,
    proxy_from_environment: isFromEnvironment,
  } = document;
  return {
    ...(basicAuth && { basic_auth: { ...basicAuth, ...mask('password', basicAuth.password) } }),
    ...(authorization && { authorization: { ...authorization, ...mask('credentials', authorization.credentials) } }),
    ...(tls && { tls_config: maskTls(tls) }),
    ...(headers && { http_headers: maskHeaders(headers) }),
    ...(proxyUrl !== undefined && { proxy_url: maskUrl(proxyUrl) }),
    ...(noProxy !== undefined && { no_proxy: noProxy }),
    ...(isFromEnvironment !== undefined && { proxy_from_environment: isFromEnvironment }),
  };
}

/** Masks certificates too: they are public, but a PEM text often contains the key as well. */
function maskTls(document: TlsDocument): Record<string, unknown> {
  const { ca, cert, key } = document;
  return { ...document, ...mask('ca', ca), ...mask('cert', cert), ...mask('key', key) };
}

function maskHeaders(headers: NonNullable<HttpClientDocument['http_headers']>): Record<string, unknown> {
  const masked = Object.entries(headers).map(([name, { values, secrets, files }]) => {
    const shown = {
      ...(values && { values: values.map(() => MASK) }),
      ...(secrets && { secrets: secrets.map(() => MASK) }),
      ...(files && { files }),
    };
    return [name, shown];
  });
  return Object.fromEntries(masked);
}

function mask(key: string, secret: string | undefined): Record<string, string> {
  return secret === undefined ? {} : { [key]: MASK };
}
