import { proxyHeaders } from './tunnel.ts';

/** Possible secrets of a request that a server could echo: header values, the query, and the proxy's credentials. */
export function sentSecrets(url: URL, headers: readonly string[], proxy: URL | undefined): readonly string[] {
  const all = [...headers, ...(proxy === undefined ? [] : proxyHeaders(proxy))];
  const { search, searchParams } = url;
  const found = [
    ...all.filter((_, index) => index % 2 === 1).flatMap(valueSecrets),
    search,
    search.slice(1),
    ...searchParams.values(),
  ];
  return found.filter((text) => text !== '');
}

/** The value of a header, its credentials alone, and the password in basic credentials. */
function valueSecrets(value: string): readonly string[] {
  const [, credentials = value] = /^\w+ (.+)$/.exec(value) ?? [];
  const [, password = ''] = /^[^:]*:(.+)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
  return [value, credentials, password];
}
