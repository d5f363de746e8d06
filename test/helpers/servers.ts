import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type ServerOpts, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';

/** A server on a port of its own on 127.0.0.1, closed with all its connections when the test has ended. */
export interface TestServer {
  readonly port: number;
  /** All sockets that were ever accepted. */
  readonly accepted: readonly Socket[];
  /** How many of them are open. */
  openCount(): number;
  /** Closes the port; open connections stay. */
  stopAccepting(): void;
}

/** Where a server listens; a port of its own on 127.0.0.1 unless said otherwise. */
interface Place {
  readonly host?: string;
  readonly port?: number;
}

/** A TCP server; without `onSocket` it reads and never says a word. */
export function startTcpServer(
  onSocket: (socket: Socket) => void = (socket) => socket.resume(),
  options: ServerOpts & Place = {},
): Promise<TestServer> {
  return listen(createTcpServer(options, onSocket), options);
}

/** A TLS server; without `onSocket` it reads and never says a word. */
export function startTlsServer(
  options: TlsOptions & Place,
  onSocket: (socket: Socket) => void = (socket) => socket.resume(),
): Promise<TestServer> {
  const server = createTlsServer(options, (socket) => {
    socket.on('error', () => {});
    onSocket(socket);
  });
  return listen(server, options);
}

/** An HTTP server. */
export function startHttpServer(onRequest: RequestListener): Promise<TestServer> {
  return listen(createHttpServer({ keepAliveTimeout: 60_000 }, onRequest));
}

/** An HTTPS server with a certificate of the fixtures. */
export function startHttpsServer(options: TlsOptions, onRequest: RequestListener): Promise<TestServer> {
  return listen(createHttpsServer(options, onRequest));
}

/** A port of 127.0.0.1 on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await bind(server, {});
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A file of test/fixtures/tls as text. */
export function tlsFixture(name: string): string {
  return readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
}

/** The certificate and key of test/fixtures/tls with this name. */
export function certificate(name: string): { readonly cert: string; readonly key: string } {
  return { cert: tlsFixture(`${name}.pem`), key: tlsFixture(`${name}.key`) };
}

/** Waits for a condition, at most two seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const endMs = performance.now() + 2000;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Has any server listen on a port of its own until the test has ended. */
export async function listen(server: Server, place: Place = {}): Promise<TestServer> {
  const accepted: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    accepted.push(socket);
    socket.on('error', () => {});
  });
  const port = await bind(server, place);
  onTestFinished(async () => {
    for (const socket of accepted) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const openCount = (): number => accepted.filter(({ destroyed }) => !destroyed).length;
  return { port, accepted, openCount, stopAccepting: () => void server.close() };
}

async function bind(server: Server, { host = '127.0.0.1', port = 0 }: Place): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  // The address of a TCP server that listens is never a string or null.
  return (server.address() as AddressInfo).port;
}
