import { isIP, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import type { buildConnector } from 'undici';
import type { TlsClientOptions } from '../config/settings.ts';
import type { TlsMaterial } from './request-secrets.ts';
import type { TlsSessions } from './tls-sessions.ts';
import type { RequestTrace } from './trace.ts';

/** How a socket is opened, and a TLS handshake made on it. */
export interface SocketOptions {
  readonly tls: TlsClientOptions;
  readonly material: TlsMaterial;
  /** A tunnel that exists already. */
  readonly through?: Duplex;
  /** The IP address to connect to; undefined leaves the lookup of the host to the system. */
  readonly address?: string | undefined;
  /** Sessions to resume; undefined for a full handshake. */
  readonly sessions?: TlsSessions | undefined;
  readonly trace: RequestTrace;
}

/** Opens a socket, with TLS for https, and calls back once: when it is ready, or with the error. Throws on invalid TLS options. */
export function openSocket(
  to: buildConnector.Options,
  options: SocketOptions,
  callback: buildConnector.Callback,
): Socket {
  const { address, sessions, material, trace } = options;
  const isSecure = to.protocol === 'https:';
  const port = Number(to.port || (isSecure ? 443 : 80));
  const place = address === undefined ? { host: to.hostname, port } : { host: address, port, autoSelectFamily: false };
  const fail = (error: Error): void => callback(error, null);
  trace.phase = 'connect';
  trace.address = address;
  trace.isLocal = isLoopback(address) ? true : undefined;

  function ready(socket: Socket): void {
    socket.off('error', fail);
    trace.phase = 'answer';
    // A connection to one of the machine's own addresses comes from the same address.
    if (address !== undefined) trace.isLocal = isLoopback(address) || socket.localAddress === address;
    callback(null, socket);
  }

  function openPlain(): Socket {
    // net.connect() creates new hidden classes on each call, and these move to the old generation.
    const socket = new Socket();
    return socket.connect(place, () => ready(socket));
  }

  function openSecure(): Socket {
    const session = address === undefined ? undefined : sessions?.offerFor(address, material);
    const socket = tlsConnect({ ...place, ...secureOptions(to, options), ...(session && { session }) }, () => {
      keepSession?.();
      ready(socket);
    });
    const keepSession = address === undefined ? undefined : sessions?.watch(socket, address, material);
    socket.once('connect', () => {
      trace.phase = 'tls';
    });
    return socket;
  }

  const socket = isSecure ? openSecure() : openPlain();
  socket.setNoDelay(true);
  socket.once('error', fail);
  return socket;
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^(?:::ffff:)?127\./.test(address));
}

function secureOptions(to: buildConnector.Options, { tls, material, through }: SocketOptions) {
  const { ca, cert, key } = material;
  const { minVersion, maxVersion } = tls;
  return {
    // An IP address must not be sent as server name. The certificate is still checked against it.
    servername: tls.serverName ?? to.servername ?? (isIP(to.hostname) === 0 ? to.hostname : ''),
    rejectUnauthorized: !tls.insecureSkipVerify,
    ALPNProtocols: ['http/1.1'],
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(minVersion === undefined ? {} : { minVersion }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
    ...(through === undefined ? {} : { socket: through }),
  };
}
