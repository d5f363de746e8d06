import { Server, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type ListenAddress, listenOn } from './listen-address.ts';

/** The listening servers. */
export interface Listeners {
  /** For each address its URL with the actual port, or the name of its socket, such as `unix:/run/a.sock`. */
  readonly urls: readonly string[];
  /** Stops accepting, lets requests finish, and resolves when every connection is closed. */
  drain(): Promise<void>;
}

/** How long idle connections stay open during shutdown, so that a request on its way still gets a response with `Connection: close`. */
const LAST_ANSWER_MS = 500;
/** Connections that are still open after this time are destroyed. */
const GIVE_UP_MS = 3500;

/** Creates one app per address and makes it listen. When an address fails, closes all and rejects. `scheme` is used in the URLs. */
export async function listenAll(
  createApp: () => FastifyInstance,
  addresses: readonly ListenAddress[],
  scheme: 'http' | 'https' = 'http',
): Promise<Listeners> {
  const apps: FastifyInstance[] = [];
  const sockets = new Set<Socket>();
  const urls: string[] = [];
  try {
    for (const address of addresses) {
      const app = createApp();
      apps.push(app);
      app.server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      urls.push(await listenOn(app, address, scheme));
    }
  } catch (error) {
    await Promise.all(apps.map((app) => app.close()));
    throw error;
  }

  async function drain(): Promise<void> {
    // The server's closeAllConnections() misses connections that are still in a TLS handshake.
    const giveUp = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, GIVE_UP_MS);
    await Promise.all(apps.map(drainApp));
    clearTimeout(giveUp);
  }

  return { urls, drain };
}

async function drainApp(app: FastifyInstance): Promise<void> {
  const { server } = app;
  const closed = new Promise((resolve) => {
    // http.Server's own close() resets idle connections at once, including those with a request on its way.
    Server.prototype.close.call(server, resolve);
  });
  const sweep = setTimeout(() => {
    server.closeIdleConnections();
    sweeps = setInterval(() => server.closeIdleConnections(), 100);
  }, LAST_ANSWER_MS);
  let sweeps: NodeJS.Timeout | undefined;
  await closed;
  clearTimeout(sweep);
  clearInterval(sweeps);
  await app.close();
}
