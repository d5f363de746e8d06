import { X509Certificate } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { createServer, DEFAULT_CIPHERS, type Server, type TLSSocket } from 'node:tls';
import type { ServerTls } from '../config/web-config-tls.ts';
import type { Log } from '../domain/log.ts';

/** Whether a client is accepted, judged by its certificate after the handshake. */
function acceptsClient(socket: TLSSocket, { clientAuth, allowedSans }: ServerTls): boolean {
  if (clientAuth === 'NoClientCert') return true;
  const cert = socket.getPeerX509Certificate();
  // Node.js reports `authorized` for a resumed session without a certificate, so the certificate itself is checked.
  if (cert === undefined) return !clientAuth.startsWith('Require') && allowedSans === undefined;
  if (clientAuth.includes('Verify') && !socket.authorized) return false;
  return allowedSans === undefined || altNamesOf(cert).some((name) => allowedSans.includes(name));
}

/** DNS names, mail addresses, IP addresses and URIs of a certificate, formatted as in Go. */
export function altNamesOf({ subjectAltName }: Pick<X509Certificate, 'subjectAltName'>): readonly string[] {
  // Node.js quotes a value that contains a separator.
  const names = (subjectAltName ?? '').matchAll(/(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?=, |$)/gy);
  return [...names].flatMap(([, kind, value = '']) => {
    const text = value.startsWith('"') ? unquote(value) : value;
    if (kind === 'IP Address') return [canonicalIp(text)];
    return kind === 'DNS' || kind === 'email' || kind === 'URI' ? [text] : [];
  });
}

function unquote(value: string): string {
  const text: unknown = JSON.parse(value);
  return String(text);
}

function canonicalIp(ip: string): string {
  return ip.includes(':') ? new URL(`http://[${ip}]`).hostname.slice(1, -1) : ip;
}

/** A TLS configuration with the content of its files. */
export interface TlsInForce {
  readonly tls: ServerTls;
  readonly cert: string;
  readonly key: string;
  readonly clientCa: string | undefined;
}

/** Creates a TLS server that never listens and wraps accepted connections. Throws when certificate or key is invalid or they do not match. */
export function createTlsEnd({ tls, cert, key, clientCa }: TlsInForce, handshakeTimeoutMs: number): Server {
  const isOld = tls.minVersion === 'TLSv1' || tls.minVersion === 'TLSv1.1';
  const ciphers = tls.ciphers ?? DEFAULT_CIPHERS;
  return createServer({
    cert,
    key,
    // As in Go, an empty CA file verifies no client. An empty text would select the default CAs of Node.js.
    ...(clientCa !== undefined && { ca: certificatesIn(clientCa) }),
    // OpenSSL offers TLS 1.1 and older only at security level 0.
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

/** Makes an HTTP server speak TLS; call it before the server listens. Each connection keeps the configuration that it started with. */
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
    // HTTP can continue after the client closes its sending side, a handshake cannot.
    socket.allowHalfOpen = false;
    last?.end.emit('connection', socket);
  });
}

/** The certificates in a PEM text; invalid ones are skipped, as in Go. */
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
