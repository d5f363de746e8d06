import { isIP, type LookupFunction, connect as netConnect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import type { buildConnector } from 'undici';
import type { TlsClientOptions } from '../config/settings.ts';
import type { TlsMaterial } from './request-secrets.ts';

/** How a socket is opened, and a TLS handshake made on it. */
export interface SocketOptions {
  readonly tls: TlsClientOptions;
  readonly material: TlsMaterial;
  /** A tunnel that stands already. */
  readonly through?: Duplex;
  /** In place of the system's. */
  readonly lookup?: LookupFunction | undefined;
}

/** Opens a socket, with TLS for https, and calls back once: when it is ready, or with the error. Throws on TLS options that are no good. */
export function openSocket(
  to: buildConnector.Options,
  options: SocketOptions,
  callback: buildConnector.Callback,
): Socket {
  const isSecure = to.protocol === 'https:';
  const port = Number(to.port || (isSecure ? 443 : 80));
  const place = { host: to.hostname, port, ...(options.lookup && { lookup: options.lookup }) };
  const socket = isSecure ? tlsConnect({ ...place, ...secureOptions(to, options) }) : netConnect(place);
  const fail = (error: Error): void => callback(error, null);
  socket.setNoDelay(true);
  socket.once('error', fail);
  socket.once(isSecure ? 'secureConnect' : 'connect', () => {
    socket.off('error', fail);
    callback(null, socket);
  });
  return socket;
}

function secureOptions(to: buildConnector.Options, { tls, material, through }: SocketOptions) {
  const { ca, cert, key } = material;
  const { minVersion, maxVersion } = tls;
  return {
    // An address must not be sent as a server name; the certificate is checked against it all the same.
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
