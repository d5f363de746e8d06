import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { ServerTls } from '../config/web-config-tls.ts';

/** Whether a client with this connection, its handshake done, may go on. */
export function acceptsClient(socket: TLSSocket, { clientAuth, allowedSans }: ServerTls): boolean {
  if (clientAuth === 'NoClientCert') return true;
  const cert = socket.getPeerX509Certificate();
  // Node.js calls a connection authorized when a session without a certificate was resumed: the certificate itself counts.
  if (cert === undefined) return !clientAuth.startsWith('Require') && allowedSans === undefined;
  if (clientAuth.includes('Verify') && !socket.authorized) return false;
  return allowedSans === undefined || altNamesOf(cert).some((name) => allowedSans.includes(name));
}

/** DNS names, mail addresses, IP addresses and URIs of a certificate, as Go writes them. */
export function altNamesOf({ subjectAltName }: Pick<X509Certificate, 'subjectAltName'>): readonly string[] {
  // Node.js puts a value that could be taken for several names in quotes.
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
