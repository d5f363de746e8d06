import type { Socket } from 'node:net';
import type { buildConnector, Dispatcher } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import type { TlsClientOptions } from '../config/settings.ts';
import { pinnedLookup } from './pinned-lookup.ts';
import type { TlsMaterial } from './request-secrets.ts';
import { openSocket } from './socket.ts';
import { openTunnel, proxyHeaders } from './tunnel.ts';

/** One kept-alive connection to a URL: made when first used, and again when the server has closed it. */
export interface Connection {
  /** Sends a GET for the URL. */
  get(headers: readonly string[], handler: Dispatcher.DispatchHandler): void;
  /** How many sockets were opened so far. */
  opened(): number;
  /** Closes at once whatever is open or under way. */
  destroy(): void;
}

/** Where a connection goes and how. */
export interface ConnectionOptions {
  readonly url: URL;
  readonly tls: TlsClientOptions;
  readonly material: TlsMaterial;
  /** An HTTP proxy, with its credentials: http is forwarded by it, https goes through a tunnel. */
  readonly proxy: URL | undefined;
  /** Without a proxy, the only IP addresses to connect to; undefined for those that the host has. */
  readonly pinnedAddresses?: readonly string[] | undefined;
}

// Far above any interval. undici's own timeouts are off: a probe has one deadline for all its parts.
const KEEP_ALIVE_MS = 3_600_000;
const CLIENT_OPTIONS = {
  keepAliveTimeout: KEEP_ALIVE_MS,
  keepAliveMaxTimeout: KEEP_ALIVE_MS,
  headersTimeout: 0,
  bodyTimeout: 0,
} as const;

/** A connection that opens nothing until it is used. */
export function createConnection({ url, tls, material, proxy, pinnedAddresses }: ConnectionOptions): Connection {
  const lookup = pinnedAddresses && pinnedLookup(pinnedAddresses);
  const isForwarded = proxy !== undefined && url.protocol === 'http:';
  let socket: Socket | undefined;
  let openedCount = 0;

  const direct: buildConnector.connector = (to, callback) => {
    openedCount += 1;
    socket = openSocket(to, { tls, material, lookup }, callback);
  };
  const toProxy: buildConnector.connector = (to, callback) => {
    openedCount += 1;
    socket = openSocket(to, { tls: { ...tls, serverName: undefined }, material }, callback);
  };
  async function throughTunnel(proxyUrl: URL, to: buildConnector.Options, callback: buildConnector.Callback) {
    try {
      const through = await openTunnel(proxyUrl, `${url.hostname}:${url.port || 443}`, toProxy);
      openSocket(to, { tls, material, through }, callback);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null);
    }
  }

  const connect = ((): buildConnector.connector => {
    if (proxy === undefined) return direct;
    return isForwarded ? toProxy : (to, callback) => void throughTunnel(proxy, to, callback);
  })();
  const client = new Client(isForwarded ? proxy.origin : url.origin, { ...CLIENT_OPTIONS, connect });
  const path = `${isForwarded ? url.origin : ''}${url.pathname}${url.search}`;
  const forwardHeaders = isForwarded ? ['host', url.host, ...proxyHeaders(proxy)] : [];

  return {
    get: (headers, handler) => {
      client.dispatch({ method: 'GET', path, headers: [...forwardHeaders, ...headers] }, handler);
    },
    opened: () => openedCount,
    destroy: () => {
      client.destroy(() => {});
      // The client knows nothing of a socket that is still connecting.
      socket?.destroy();
    },
  };
}
