/** Values of headers that may be secrets, as a server could send them back: whole, and the credentials alone. */
export function headerSecrets(headers: readonly string[]): readonly string[] {
  const values = headers.filter((_, index) => index % 2 === 1);
  return values.flatMap((value) => {
    const [, credentials = value] = /^\w+ (.+)$/.exec(value) ?? [];
    const [, password = ''] = /^[^:]*:(.+)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
    return [value, credentials, password].filter((text) => text !== '');
  });
}

/** The query of a URL, and the values in it. */
export function querySecrets({ search, searchParams }: URL): readonly string[] {
  return search === '' ? [] : [search, search.slice(1), ...searchParams.values()];
}
