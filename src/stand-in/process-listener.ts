import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { type ConnectionCounts, createListener, type Listener, type ListenerOptions } from './listener.ts';

/** Where a process listens; with `tls` its port speaks TLS, as that of a `secure` Genesis service. */
export interface ProcessListenerOptions extends ListenerOptions {
  readonly tls?: TlsOptions;
}

/** Connections to a process, and how many bytes of them were addressed to it (a TLS handshake is not). */
export interface ProcessConnectionCounts extends ConnectionCounts {
  readonly receivedBytes: number;
}

/** The port of a process. */
export interface ProcessListener extends Omit<Listener, 'counts'> {
  readonly counts: ProcessConnectionCounts;
}

/** The messaging port of a process: accepts, never says a word, and closes when the peer closes. */
export function createProcessListener(options: ProcessListenerOptions): ProcessListener {
  let receivedBytes = 0;

  function accept(socket: Socket): void {
    // Reading is also what lets a FIN of the peer be seen, and answered with ours.
    socket.on('data', (chunk) => {
      receivedBytes += chunk.length;
    });
    // A TLS connection whose peer breaks the protocol would stay open by itself.
    socket.on('error', () => socket.destroy());
  }

  const server = options.tls === undefined ? createTcpServer(accept) : createTlsServer(options.tls, accept);
  const listener = createListener(server, options);
  return {
    get port() {
      return listener.port;
    },
    get listening() {
      return listener.listening;
    },
    get counts() {
      return { ...listener.counts, receivedBytes };
    },
    open: listener.open,
    close: listener.close,
    move: listener.move,
  };
}
