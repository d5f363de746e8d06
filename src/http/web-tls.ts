import { X509Certificate } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { createServer, DEFAULT_CIPHERS, type Server } from 'node:tls';
import type { ServerTls } from '../config/web-config-tls.ts';
import type { Log } from '../domain/log.ts';
import { acceptsClient } from './web-client-cert.ts';

/** A TLS configuration with the texts of the files that it names. */
export interface TlsInForce {
  readonly tls: ServerTls;
  readonly cert: string;
  readonly key: string;
  readonly clientCa: string | undefined;
}

/** What makes TLS of connections that others accept; throws when certificate and key are none, or not of one another. */
export function createTlsEnd({ tls, cert, key, clientCa }: TlsInForce, handshakeTimeoutMs: number): Server {
  const isOld = tls.minVersion === 'TLSv1' || tls.minVersion === 'TLSv1.1';
  const ciphers = tls.ciphers ?? DEFAULT_CIPHERS;
  return createServer({
    cert,
    key,
    // Without an authority in it no client can be verified, as in Go; an empty text would mean those of Node.js.
    ...(clientCa !== undefined && { ca: certificatesIn(clientCa) }),
    // At this level alone OpenSSL knows the handshakes of TLS 1.1 and older.
    ciphers: isOld ? `${ciphers}:@SECLEVEL=0` : ciphers,
    ...(tls.curves !== undefined && { ecdhCurve: tls.curves }),
    honorCipherOrder: tls.prefersServerCiphers,
    minVersion: tls.minVersion,
    maxVersion: tls.maxVersion,
    requestCert: tls.clientAuth !== 'NoClientCert',
    rejectUnauthorized: tls.clientAuth === 'RequireAndVerifyClientCert',
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: handshakeTimeoutMs,
  });
}

/** Has a server, before it listens, speak TLS: each connection as it is in force when the connection comes, and so to its end. */
export function serveTls(
  server: HttpServer,
  inForce: () => TlsInForce | undefined,
  { log, handshakeTimeoutMs }: { readonly log: Log; readonly handshakeTimeoutMs: number },
): void {
  const serveHttp = server.listeners('connection');
  let last: { readonly made: TlsInForce; readonly end: Server } | undefined;

  function createEnd(made: TlsInForce): Server {
    const end = createTlsEnd(made, handshakeTimeoutMs);
    end.on('secureConnection', (socket) => {
      if (acceptsClient(socket, made.tls)) {
        socket.allowHalfOpen = true;
        for (const listener of serveHttp) listener.call(server, socket);
        return;
      }
      log.debug({ client: socket.remoteAddress }, 'client certificate refused');
      socket.on('error', () => {}).destroy();
    });
    end.on('tlsClientError', ({ code }: NodeJS.ErrnoException, socket) => {
      log.debug({ client: socket.remoteAddress, code }, 'TLS handshake failed');
      socket.destroy();
    });
    return end;
  }

  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const made = inForce();
    if (made !== undefined && last?.made !== made) last = { made, end: createEnd(made) };
    // HTTP may go on for a client that has closed its own side, a handshake cannot.
    socket.allowHalfOpen = false;
    last?.end.emit('connection', socket);
  });
}

/** The certificates of a PEM text; what is none is left out, as Go does. */
function certificatesIn(pem: string): string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.filter((block) => {
    try {
      return new X509Certificate(block).raw.length > 0;
    } catch {
      return false;
    }
  });
}
