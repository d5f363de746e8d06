import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '../config/config-error.ts';
import { explainReadError, readText } from '../config/load.ts';
import type { Secret } from '../config/settings.ts';
import type { WebConfig } from '../config/web-config.ts';
import { type ServerTls, TLS_PATH } from '../config/web-config-tls.ts';
import { createTlsEnd, type TlsInForce } from './web-tls.ts';

/** A validated web configuration with its certificates loaded. */
export interface WebInForce extends Omit<WebConfig, 'tls'> {
  /** Undefined for plain HTTP. */
  readonly tls: TlsInForce | undefined;
}

/** The result of reading a web configuration. */
export interface WebReading {
  /** Undefined when there are problems. */
  readonly web: WebInForce | undefined;
  /** One line per problem. */
  readonly problems: readonly string[];
  /** Each file involved, readable or not, with its state before it was read. */
  readonly stamps: ReadonlyMap<string, string>;
}

/** Reads a web configuration file and the files that it names. Never rejects: problems are part of the result. */
export async function readWebConfig(file: string): Promise<WebReading> {
  const stamps = new Map<string, string>();
  stamps.set(file, await stampOf(file));
  const { web, problems } = await readAll(file, stamps).catch((error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    return { web: undefined, problems: error.problems };
  });
  return { web, problems, stamps };
}

/** A text that differs after each change of a file. */
export async function stampOf(file: string): Promise<string> {
  const stats = await stat(file).catch(() => undefined);
  return stats === undefined ? 'missing' : [stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(' ');
}

async function readAll(file: string, stamps: Map<string, string>): Promise<Omit<WebReading, 'stamps'>> {
  const text = await readText(file);
  const { parseWebConfig } = await import('../config/web-config.ts');
  const parsed = parseWebConfig(text, { file, resolveFile: (path) => resolve(dirname(file), path) });
  if (parsed.kind === 'problems') return { web: undefined, problems: parsed.problems };
  const { config, tell } = parsed;
  if (config.tls === undefined) return { web: { ...config, tls: undefined }, problems: [] };
  const problems: string[] = [];

  async function read(secret: Secret | undefined, key: string): Promise<string> {
    if (secret?.kind !== 'file') return secret?.value ?? '';
    stamps.set(secret.path, await stampOf(secret.path));
    return readFile(secret.path, 'utf8').catch((error: unknown) => {
      problems.push(tell([...TLS_PATH, `${key}_file`], explainReadError(error)));
      return '';
    });
  }

  const tls = await readTls(config.tls, read);
  const mistake = problems.length > 0 ? undefined : mistakeOf(tls);
  if (mistake !== undefined) problems.push(tell(TLS_PATH, mistake));
  return { web: problems.length > 0 ? undefined : { ...config, tls }, problems };
}

async function readTls(
  tls: ServerTls,
  read: (secret: Secret | undefined, key: string) => Promise<string>,
): Promise<TlsInForce> {
  const cert = await read(tls.cert, 'cert');
  const key = await read(tls.key, 'key');
  const clientCa = await read(tls.clientCa, 'client_ca');
  return { tls, cert, key, clientCa: tls.clientCa && clientCa };
}

const MISTAKES: ReadonlyMap<string, string> = new Map([
  [
    'ERR_OSSL_X509_KEY_VALUES_MISMATCH',
    'expected a certificate and its key, got a certificate and a key of different pairs',
  ],
  ['ERR_OSSL_PEM_NO_START_LINE', 'expected a certificate and a key in PEM'],
]);

/** The problem with a certificate and its key, or undefined. The message never contains their text. */
function mistakeOf(tls: TlsInForce): string | undefined {
  try {
    createTlsEnd(tls, 0);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return MISTAKES.get(code) ?? `certificate, key and options cannot be used together: ${code}`;
  }
}
