import { isIP } from 'node:net';
import { type ConnectionOptions, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';

// Accepts every version and cipher of this OpenSSL: a connect probe checks that a server answers, not how secure it is.
const CIPHERS = 'ALL:@SECLEVEL=0';

/** Options for a handshake with `host`; a host name is sent as server name. */
export type TolerantTls = (host: string) => ConnectionOptions;

/** Options for handshakes that accept any certificate. */
export function createTolerantTls(): TolerantTls {
  let context: SecureContext | undefined;

  return (host) => {
    // Created once, on first use: a context costs more than a handshake. It needs no authorities, because it verifies nothing.
    context ??= createSecureContext({ ca: [], minVersion: 'TLSv1', ciphers: CIPHERS });
    return { secureContext: context, rejectUnauthorized: false, servername: isIP(host) === 0 ? host : '' };
  };
}

/** When the peer's certificate expires, in milliseconds since the epoch; undefined without a certificate. */
export function certNotAfterMs(socket: TLSSocket): number | undefined {
  const validTo = socket.getPeerX509Certificate()?.validTo;
  const endMs = validTo === undefined ? Number.NaN : Date.parse(validTo);
  return Number.isNaN(endMs) ? undefined : endMs;
}
