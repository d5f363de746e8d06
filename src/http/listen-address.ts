import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { formatHostPort } from '../domain/host-port.ts';
import { listenUnix } from './listen-unix.ts';

/** A TCP port; without a host on every address of the machine. */
export interface TcpAddress {
  readonly host: string | undefined;
  readonly port: number;
}

/** The path of a unix socket. */
export interface UnixAddress {
  readonly path: string;
}

/** A listening socket that systemd passed. */
export interface PassedSocket {
  readonly fd: number;
  /** The name that its `.socket` unit gives it; may be empty. */
  readonly name: string;
}

/** Where to listen. */
export type ListenAddress = TcpAddress | UnixAddress | PassedSocket;

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'the address is in use'],
  ['EACCES', 'permission denied'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['ENOTFOUND', 'the name is not known'],
  ['ENOENT', 'there is no such folder'],
  ['ENOTDIR', 'there is no such folder'],
  ['EINVAL', 'it is no listening socket'],
]);

/** Has an app listen; gives its URL, or the name of a socket that has none. Rejects with an error that names the address. */
export async function listenOn(app: FastifyInstance, address: ListenAddress, scheme: string): Promise<string> {
  try {
    if ('fd' in address) return await listenPassed(app, address, scheme);
    if ('port' in address) return await listenTcp(app, address, scheme);
    await listenUnix(app, address.path);
    return nameOf(address);
  } catch (error) {
    // Node.js gives every error of listening a code, if it has one.
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new Error(`cannot listen on ${nameOf(address)}: ${REASONS.get(code) ?? message}`, { cause: error });
  }
}

async function listenTcp(app: FastifyInstance, { host, port }: TcpAddress, scheme: string): Promise<string> {
  await app.listen({ host: host ?? '::', port }).catch((error: NodeJS.ErrnoException) => {
    // A machine without IPv6 has no `::`.
    if (host === undefined && error.code === 'EAFNOSUPPORT') return app.listen({ host: '0.0.0.0', port });
    throw error;
  });
  const bound = app.server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  return `${scheme}://${formatHostPort(host ?? 'localhost', boundPort)}`;
}

/** Fastify's own `listen` knows no descriptors. */
async function listenPassed(app: FastifyInstance, address: PassedSocket, scheme: string): Promise<string> {
  await app.ready();
  const listening = once(app.server, 'listening');
  app.server.listen({ fd: address.fd });
  await listening;
  const bound = app.server.address();
  // A unix socket does not tell its path here.
  if (typeof bound !== 'object' || bound === null) return nameOf(address);
  const isEvery = bound.address === '::' || bound.address === '0.0.0.0';
  return `${scheme}://${formatHostPort(isEvery ? 'localhost' : bound.address, bound.port)}`;
}

function nameOf(address: ListenAddress): string {
  if ('fd' in address) return `systemd:${address.name === '' ? address.fd : address.name}`;
  return 'port' in address ? formatHostPort(address.host ?? '', address.port) : `unix:${address.path}`;
}
