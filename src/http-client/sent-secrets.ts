import { proxyHeaders } from './tunnel.ts';

/** Texts that a request had and that may be secrets, as a server could send them back: headers, query, credentials of the proxy. */
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

/** The value of a header, its credentials alone, and the password of a user in them. */
function valueSecrets(value: string): readonly string[] {
  const [, credentials = value] = /^\w+ (.+)$/.exec(value) ?? [];
  const [, password = ''] = /^[^:]*:(.+)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
  return [value, credentials, password];
}
