import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { type ConnectionCounts, createListener, type Listener, type ListenerOptions } from './listener.ts';

/** Where a process listens. With `tls` the port speaks TLS, like a Genesis service with `secure="true"`. */
export interface ProcessListenerOptions extends ListenerOptions {
  readonly tls?: TlsOptions;
}

/** Connections to a process, and the bytes sent to it, without TLS handshakes. */
export interface ProcessConnectionCounts extends ConnectionCounts {
  readonly receivedBytes: number;
}

/** The port of a process. */
export interface ProcessListener extends Omit<Listener, 'counts'> {
  readonly counts: ProcessConnectionCounts;
}

/** The messaging port of a process: accepts connections, sends nothing, and closes when the peer closes. */
export function createProcessListener(options: ProcessListenerOptions): ProcessListener {
  let receivedBytes = 0;

  function accept(socket: Socket): void {
    // Without a reader the FIN of the peer would stay unseen and unanswered.
    socket.on('data', (chunk) => {
      receivedBytes += chunk.length;
    });
    // A TLS connection stays open after a protocol error of the peer, so it is closed here.
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
