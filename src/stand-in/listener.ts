import { once } from 'node:events';
import type { Server, Socket } from 'node:net';

/** Where a listener listens, and its name in errors. */
export interface ListenerOptions {
  readonly name: string;
  readonly host: string;
  /** 0 for a free port; the listener keeps the port it gets. */
  readonly port: number;
}

/** Counts of connections since the listener was created. */
export interface ConnectionCounts {
  readonly connects: number;
  readonly open: number;
  /** Connections that the peer ended with a reset instead of a FIN. Resets during a TLS handshake are not counted. */
  readonly resets: number;
}

/** A server that can drop all connections and come back on the same port. Its operations run one after another. */
export interface Listener {
  readonly port: number;
  readonly listening: boolean;
  readonly counts: ConnectionCounts;
  /** Starts to listen, unless it listens already; rejects with a message that names the port. */
  open(): Promise<void>;
  /** Stops listening and ends every connection; resolves when all connections are closed. */
  close(): Promise<void>;
  /** Changes the port (0 for a free one); if it listens, it listens on the new port afterwards. */
  move(port: number): Promise<void>;
}

/** Creates a listener for a TCP, TLS or HTTP server. Nothing else may start or close that server. */
export function createListener(server: Server, { name, host, port: firstPort }: ListenerOptions): Listener {
  const sockets = new Set<Socket>();
  let port = firstPort;
  let connects = 0;
  let resets = 0;
  let lastTask: Promise<void> = Promise.resolve();

  server.on('connection', (socket: Socket) => {
    connects += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', countReset);
  });
  // After the handshake a TLS connection reports errors here, not on the TCP connection below it.
  server.on('secureConnection', (socket: Socket) => socket.on('error', countReset));

  function countReset(error: NodeJS.ErrnoException): void {
    if (error.code === 'ECONNRESET') resets += 1;
  }

  function inTurn(task: () => Promise<void>): Promise<void> {
    const done = lastTask.then(task);
    lastTask = done.catch(() => undefined);
    return done;
  }

  async function listen(): Promise<void> {
    if (server.listening) return;
    try {
      server.listen({ host, port });
      await once(server, 'listening');
    } catch (error) {
      throw new Error(`${name} cannot listen on ${host}:${port}: ${describe(error)}`, { cause: error });
    }
    const address = server.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  }

  async function end(): Promise<void> {
    if (!server.listening) return;
    // The server may be closed before its last socket is.
    const closed = [server, ...sockets].map((each) => new Promise((resolve) => each.once('close', resolve)));
    server.close();
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
  }

  return {
    get port() {
      return port;
    },
    get listening() {
      return server.listening;
    },
    get counts() {
      return { connects, open: sockets.size, resets };
    },
    open: () => inTurn(listen),
    close: () => inTurn(end),
    move: (to) =>
      inTurn(async () => {
        const wasListening = server.listening;
        await end();
        port = to;
        if (wasListening) await listen();
      }),
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && error.code === 'EADDRINUSE' ? 'the port is taken' : error.message;
}
