import { isIP } from 'node:net';
import { type ConnectionOptions, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';

// Every version and cipher that this OpenSSL still has: the question is who is there, not how well it is kept.
const CIPHERS = 'ALL:@SECLEVEL=0';

/** Options for a handshake with `host`; one that is a name is asked for by name. */
export type TolerantTls = (host: string) => ConnectionOptions;

/** Options for handshakes with anybody, whoever signed the certificate. */
export function createTolerantTls(): TolerantTls {
  let context: SecureContext | undefined;

  return (host) => {
    // Made once, and only where there is TLS: a context costs more than a handshake. No authorities, since none is asked.
    context ??= createSecureContext({ ca: [], minVersion: 'TLSv1', ciphers: CIPHERS });
    return { secureContext: context, rejectUnauthorized: false, servername: isIP(host) === 0 ? host : '' };
  };
}

/** End of the validity of the peer's certificate, in milliseconds since the epoch; undefined when it showed none. */
export function certNotAfterMs(socket: TLSSocket): number | undefined {
  const validTo = socket.getPeerX509Certificate()?.validTo;
  const endMs = validTo === undefined ? Number.NaN : Date.parse(validTo);
  return Number.isNaN(endMs) ? undefined : endMs;
}
