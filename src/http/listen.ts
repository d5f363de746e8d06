import { Server, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type ListenAddress, listenOn } from './listen-address.ts';

/** The listening servers. */
export interface Listeners {
  /** One for each address: its URL, with the port that was really taken, or the name of a socket that has none, such as `unix:/run/a.sock`. */
  readonly urls: readonly string[];
  /** Stops accepting, lets requests finish, and resolves when every connection is closed. */
  drain(): Promise<void>;
}

/** How long an idle kept-alive connection is left for a last answer, which tells it to close. */
const LAST_ANSWER_MS = 500;
/** Whoever has not read its answer by then is cut off. */
const GIVE_UP_MS = 3500;

/** One app for each address, all listening; `scheme` is what they speak. Rejects, with everything closed again, when an address can't be had. */
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
    // Not the server's own closeAllConnections(): that knows nothing of those in a TLS handshake.
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
    // http.Server's own close() resets idle connections at once, and with them requests that are on their way.
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
