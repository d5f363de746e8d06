import { readFile } from 'node:fs/promises';
import type { HttpClientOptions, Secret } from '../config/settings.ts';
import { describeError, isOwnFailure } from './failure-reason.ts';

/** Certificates and key of a TLS client as PEM text. */
export interface TlsMaterial {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** The secrets of a request: headers, names and values alternating, and the files of the TLS client. */
export interface RequestSecrets {
  readonly headers: readonly string[];
  readonly tls: TlsMaterial;
}

/** Returns the secrets of a client, cached or read from files. Rejects when a file cannot be read. */
export type SecretReader = () => RequestSecrets | Promise<RequestSecrets>;

/** Creates a reader. If any secret is in a file, each call reads the files again, so that rotated secrets are used. */
export function createSecretReader(http: HttpClientOptions): SecretReader {
  if (secretsOf(http).some(({ kind }) => kind === 'file')) return () => readSecrets(http);
  let known: RequestSecrets | undefined;
  return () => known ?? readSecrets(http).then((secrets) => (known = secrets));
}

/** Reads all secrets of a client, inline and from files. */
export function secretsOf({ basicAuth, authorization, tls, headers }: HttpClientOptions): readonly Secret[] {
  const single = [basicAuth?.username, basicAuth?.password, authorization?.credentials, tls.ca, tls.cert, tls.key];
  return [...single, ...headers.flatMap(({ values }) => values)].filter((secret) => secret !== undefined);
}

async function readSecrets({ basicAuth, authorization, tls, headers }: HttpClientOptions): Promise<RequestSecrets> {
  const lines: string[] = [];
  if (basicAuth !== undefined) {
    const pair = `${await readSecret(basicAuth.username)}:${await readSecret(basicAuth.password)}`;
    lines.push('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  }
  if (authorization !== undefined) {
    lines.push('authorization', `${authorization.type} ${await readSecret(authorization.credentials)}`);
  }
  for (const { name, values } of headers) {
    for (const value of values) lines.push(name, await readSecret(value));
  }
  const [ca, cert, key] = await Promise.all([tls.ca, tls.cert, tls.key].map(readOptional));
  return { headers: lines, tls: { ca, cert, key } };
}

async function readOptional(secret: Secret | undefined): Promise<string | undefined> {
  return secret === undefined ? undefined : readSecret(secret);
}

async function readSecret(secret: Secret): Promise<string> {
  switch (secret.kind) {
    case 'inline':
      return secret.value;
    case 'file':
      return readSecretFile(secret.path);
    default:
      return secret satisfies never;
  }
}

async function readSecretFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    // No cause: the code of a file's error must not be taken for a connection's.
    throw isOwnFailure(error) ? error : new Error(`cannot read ${path}: ${describeError(error)}`);
  }
}
