import { get, type RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { afterEach } from 'vitest';
import { parseWebConfig } from '../../src/config/web-config.ts';
import { SERVER_LIMITS } from '../../src/http/limits.ts';
import type { TlsInForce } from '../../src/http/web-tls.ts';
import { anApp, closeAppsAfterEach } from './app.ts';
import { certificate, tlsFixture } from './servers.ts';
import { webAccess, webInForce } from './web.ts';

const clients: Socket[] = [];

/** Closes every client and every app of the test; a test file that makes some calls it once. */
export function closeAllAfterEach(): void {
  closeAppsAfterEach();
  // Hooks run in the order of a stack: the clients leave first.
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy();
  });
}

/** The authority that signed the server's and the client's certificate. */
export const CA = tlsFixture('ca.pem');

/** A TLS configuration in force: these options of the file, a certificate of the fixtures, and the authorities for clients. */
export function tlsInForce(options: string, name = 'server', clientCa?: string): TlsInForce {
  const text = `tls_server_config: {cert: c, key: k, ${options}${clientCa === undefined ? '' : ', client_ca: a'}}`;
  const parsed = parseWebConfig(text, { file: 'web.yml', resolveFile: (path) => path });
  if (parsed.kind === 'problems' || parsed.config.tls === undefined) throw new Error(JSON.stringify(parsed));
  return { tls: parsed.config.tls, ...certificate(name), clientCa };
}

/** An app that speaks TLS like this, and a way to change how. */
export async function serve(first: TlsInForce, limits = SERVER_LIMITS) {
  let tls = first;
  const current = () => webInForce({ tls });
  const { app, log } = anApp([], { web: { ...webAccess(), current } }, limits);
  const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  const change = (next: TlsInForce) => {
    tls = next;
  };
  return { app, port, log, change };
}

/** The status code of `/-/ready`, or the code of what went wrong. */
export function ask(
  port: number,
  options: RequestOptions & { readonly session?: Buffer } = {},
): Promise<number | string | undefined> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/-/ready', ca: CA, agent: false, ...options }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}

/** A connection after its handshake, or the code of what went wrong. */
export function handshake(port: number, options: object = {}): Promise<TLSSocket | string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca: CA, ...options }, () => resolve(socket));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    clients.push(socket);
  });
}

/** Waits until no connection is open. */
export async function allClosed({ server }: FastifyInstance): Promise<void> {
  for (let open: unknown; open !== 0; ) {
    open = await new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
  }
}

/** Whether a handshake went wrong. */
export function failed(outcome: unknown): boolean {
  return typeof outcome === 'string';
}
