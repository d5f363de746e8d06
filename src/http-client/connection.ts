import type { Socket } from 'node:net';
import type { buildConnector, Dispatcher } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import type { TlsClientOptions } from '../config/settings.ts';
import { mendAnswerHead } from './answer-head.ts';
import { type DialTarget, dial } from './dial.ts';
import type { TlsMaterial } from './request-secrets.ts';
import { openSocket } from './socket.ts';
import type { TlsSessions } from './tls-sessions.ts';
import type { RequestTrace } from './trace.ts';
import { openTunnel, proxyHeaders } from './tunnel.ts';

/** A connection for one request. */
export interface Connection {
  /** Connects, and sends a GET for the URL with `Connection: close`. */
  get(headers: readonly string[], handler: Dispatcher.DispatchHandler): void;
  /** Closes the connection at once, also while it is being opened. */
  destroy(): void;
}

/** Where a connection goes and how. */
export interface ConnectionOptions {
  readonly url: URL;
  readonly tls: TlsClientOptions;
  readonly material: TlsMaterial;
  /** An HTTP proxy, with its credentials: http is forwarded by it, https goes through a tunnel. */
  readonly proxy: URL | undefined;
  /** Without a proxy, the addresses of the host; undefined leaves the lookup to the system. */
  readonly target?: DialTarget | undefined;
  readonly sessions?: TlsSessions | undefined;
  readonly trace: RequestTrace;
}

// undici's own timeouts are off: one deadline covers the whole request.
const CLIENT_OPTIONS = { headersTimeout: 0, bodyTimeout: 0 } as const;

/** Creates a connection. It opens nothing before the request. */
export function createConnection(options: ConnectionOptions): Connection {
  const { url, tls, material, proxy, target, sessions, trace } = options;
  const isForwarded = proxy !== undefined && url.protocol === 'http:';
  let abandon = (): void => {};
  let connected: Socket | undefined;

  function prepared(callback: buildConnector.Callback): buildConnector.Callback {
    return (...result) => {
      const [, socket] = result;
      if (socket !== null) {
        connected = socket;
        mendAnswerHead(socket, trace);
        endWithoutTrace(socket);
      }
      callback(...result);
    };
  }

  function watch(socket: Socket): void {
    abandon = () => socket.destroy();
  }

  const direct: buildConnector.connector = (to, callback) => {
    if (target === undefined) watch(openSocket(to, { tls, material, trace }, callback));
    else abandon = dial(to, target, { tls, material, sessions, trace }, callback);
  };
  const toProxy: buildConnector.connector = (to, callback) => {
    watch(openSocket(to, { tls: { ...tls, serverName: undefined }, material, trace }, callback));
  };
  async function throughTunnel(proxyUrl: URL, to: buildConnector.Options, callback: buildConnector.Callback) {
    try {
      const through = await openTunnel(proxyUrl, `${url.hostname}:${url.port || 443}`, toProxy);
      openSocket(to, { tls, material, through, trace }, callback);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null);
    }
  }

  const connect = ((): buildConnector.connector => {
    if (proxy === undefined) return direct;
    return isForwarded ? toProxy : (to, callback) => void throughTunnel(proxy, to, callback);
  })();
  const client = new Client(isForwarded ? proxy.origin : url.origin, {
    ...CLIENT_OPTIONS,
    connect: (to, callback) => connect(to, prepared(callback)),
  });
  const path = `${isForwarded ? url.origin : ''}${url.pathname}${url.search}`;
  const forwardHeaders = isForwarded ? ['host', url.host, ...proxyHeaders(proxy)] : [];

  return {
    get: (headers, handler) => {
      client.dispatch({ method: 'GET', path, headers: [...forwardHeaders, ...headers], reset: true }, handler);
    },
    destroy: () => {
      // After a complete answer undici has already closed the socket.
      if (connected?.destroyed) return;
      client.destroy(() => {});
      // The client does not know a socket that is still connecting.
      abandon();
    },
  };
}

/**
 * undici destroys the socket with an error after each answer. Node.js would format its stack trace, which takes a tenth of a cycle.
 * So undici gets the error from the event alone; without the event it would create a second error.
 */
function endWithoutTrace(socket: Socket): void {
  const destroy = socket.destroy.bind(socket);
  socket.destroy = (error?: Error) => {
    if (!isClosing(error)) return destroy(error);
    socket.emit('error', error);
    return destroy();
  };
}

function isClosing(error: Error | undefined): boolean {
  return error !== undefined && 'code' in error && error.code === 'UND_ERR_INFO';
}
