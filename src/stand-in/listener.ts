import { once } from 'node:events';
import type { Server, Socket } from 'node:net';

/** Where a listener listens, and what it is called in errors. */
export interface ListenerOptions {
  readonly name: string;
  readonly host: string;
  /** 0 for any free port, which is then kept. */
  readonly port: number;
}

/** Connections since the listener was made. */
export interface ConnectionCounts {
  readonly connects: number;
  readonly open: number;
  /** Connections that the peer ended with a reset instead of a FIN; one in mid-handshake is not seen. */
  readonly resets: number;
}

/** A server that can go away with all its connections and come back on the same port; its operations run one after another. */
export interface Listener {
  readonly port: number;
  readonly listening: boolean;
  readonly counts: ConnectionCounts;
  /** Listens, unless it does already; rejects with a sentence that names the port when it cannot. */
  open(): Promise<void>;
  /** Refuses from now on and ends every connection; resolves when none is left. */
  close(): Promise<void>;
  /** Changes the port, 0 for any free one, and goes on listening there if it was listening. */
  move(port: number): Promise<void>;
}

/** Makes a listener of a TCP, TLS or HTTP server that nobody else starts or closes. */
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
  // After its handshake a TLS connection tells of errors here and no longer on the connection below.
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
    // The server can be done before the last of its sockets is.
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
