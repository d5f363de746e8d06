/** What an Authorization header says of its sender. */
export interface Credentials {
  readonly user: string;
  /** As it was sent, in whatever encoding. */
  readonly password: Buffer;
}

/** User and password of an HTTP basic authentication header; undefined when it is none. */
export function parseBasicAuth(header: string | undefined): Credentials | undefined {
  const encoded = /^basic +([a-z0-9+/]+={0,2}) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64');
  const colon = decoded.indexOf(':');
  if (colon === -1) return undefined;
  return { user: decoded.toString('utf8', 0, colon), password: decoded.subarray(colon + 1) };
}
