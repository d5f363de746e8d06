import { once } from 'node:events';
import { chmod, lstat, stat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { formatHostPort } from '../domain/target-address.ts';

/** A TCP port, on all addresses of the machine when `host` is undefined. */
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
  /** The name from its `.socket` unit; may be empty. */
  readonly name: string;
}

/** An address to listen on. */
export type ListenAddress = TcpAddress | UnixAddress | PassedSocket;

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'the address is in use'],
  ['EACCES', 'permission denied'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['ENOTFOUND', 'the name is not known'],
  ['ENOENT', 'there is no such folder'],
  ['ENOTDIR', 'there is no such folder'],
  ['EINVAL', 'it is not a listening socket'],
]);

/** Makes an app listen. Resolves with its URL, or with the name of a unix or systemd socket. Rejects with an error that names the address. */
export async function listenOn(app: FastifyInstance, address: ListenAddress, scheme: string): Promise<string> {
  try {
    if ('fd' in address) return await listenPassed(app, address, scheme);
    if ('port' in address) return await listenTcp(app, address, scheme);
    await listenUnix(app, address.path);
    return nameOf(address);
  } catch (error) {
    // Errors of `listen` are system errors with a `code`; other errors have none, which the default covers.
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new Error(`cannot listen on ${nameOf(address)}: ${REASONS.get(code) ?? message}`, { cause: error });
  }
}

async function listenTcp(app: FastifyInstance, { host, port }: TcpAddress, scheme: string): Promise<string> {
  await app.listen({ host: host ?? '::', port }).catch((error: NodeJS.ErrnoException) => {
    // Without IPv6 there is no `::`.
    if (host === undefined && error.code === 'EAFNOSUPPORT') return app.listen({ host: '0.0.0.0', port });
    throw error;
  });
  const bound = app.server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  return `${scheme}://${formatHostPort(host ?? 'localhost', boundPort)}`;
}

/** Listens on a passed descriptor, which Fastify's own `listen` does not support. */
async function listenPassed(app: FastifyInstance, address: PassedSocket, scheme: string): Promise<string> {
  await app.ready();
  const listening = once(app.server, 'listening');
  app.server.listen({ fd: address.fd });
  await listening;
  const bound = app.server.address();
  // For a unix socket, `address()` has no host and port.
  if (typeof bound !== 'object' || bound === null) return nameOf(address);
  const isEvery = bound.address === '::' || bound.address === '0.0.0.0';
  return `${scheme}://${formatHostPort(isEvery ? 'localhost' : bound.address, bound.port)}`;
}

function nameOf(address: ListenAddress): string {
  if ('fd' in address) return `systemd:${address.name === '' ? address.fd : address.name}`;
  return 'port' in address ? formatHostPort(address.host ?? '', address.port) : `unix:${address.path}`;
}

/** Owner and group may connect. */
const MODE = 0o660;

/**
 * Makes an app listen on a unix socket. Replaces a socket that no process listens on any more. Rejects when the socket is in
 * use or the path is another kind of file. Node.js removes the socket when the server closes.
 */
async function listenUnix(app: FastifyInstance, path: string): Promise<void> {
  // For a missing folder, `listen` itself would report "permission denied".
  await stat(dirname(path));
  await removeStale(path);
  await app.listen({ path });
  await chmod(path, MODE);
}

async function removeStale(path: string): Promise<void> {
  const stats = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (stats === undefined) return;
  if (!stats.isSocket()) throw new Error('there is a file that is not a socket');
  const code = await connectOnce(path);
  if (code === 'ECONNREFUSED') await unlink(path);
  // Any other error, such as EACCES, comes from a socket that is in use.
  else if (code !== 'ENOENT') throw new Error('the socket is in use');
}

/** Connects and disconnects. Resolves with the error code, or undefined on success. */
function connectOnce(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path }, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}
