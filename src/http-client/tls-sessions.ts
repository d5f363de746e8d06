import type { TLSSocket } from 'node:tls';
import type { TlsMaterial } from './request-secrets.ts';

/** A full handshake takes place at least this often, so that the exporter sees a replaced certificate. */
const MAX_SESSION_AGE_MS = 600_000;

/** The latest TLS session of one client, to resume it in the next handshake. */
export interface TlsSessions {
  /** The session to offer to an address. It was verified with the same files, and its certificates are still valid. */
  offerFor(address: string, material: TlsMaterial): Buffer | undefined;
  /** Collects the sessions that the server sends on a socket. Call the returned function after a successful handshake to keep them. */
  watch(socket: TLSSocket, address: string, material: TlsMaterial): () => void;
}

interface KeptSession {
  readonly session: Buffer;
  readonly address: string;
  readonly material: TlsMaterial;
  /** Wall-clock milliseconds of the last full verification, and of the certificates' expiry. */
  readonly verifiedAtMs: number;
  readonly notAfterMs: number;
}

/** Creates an empty store. A resumed handshake shows no certificate, so each session keeps the expiry of its certificates. */
export function createTlsSessions(wallMs: () => number): TlsSessions {
  let kept: KeptSession | undefined;

  function offerFor(address: string, material: TlsMaterial): Buffer | undefined {
    if (kept === undefined || kept.address !== address || !isSame(kept.material, material)) return undefined;
    const nowMs = wallMs();
    const isFresh = nowMs >= kept.verifiedAtMs && nowMs - kept.verifiedAtMs < MAX_SESSION_AGE_MS;
    return isFresh && nowMs < kept.notAfterMs ? kept.session : undefined;
  }

  function watch(socket: TLSSocket, address: string, material: TlsMaterial): () => void {
    let session: Buffer | undefined;
    let verified: Pick<KeptSession, 'verifiedAtMs' | 'notAfterMs'> | undefined;

    function keep(): void {
      if (session !== undefined && verified !== undefined) kept = { session, address, material, ...verified };
    }

    // With TLS 1.2 the session comes before the end of the handshake, with TLS 1.3 after it.
    socket.on('session', (given) => {
      session = given;
      keep();
    });
    return () => {
      const resumed = socket.isSessionReused() ? kept : undefined;
      const { verifiedAtMs, notAfterMs } = resumed ?? {
        verifiedAtMs: wallMs(),
        notAfterMs: earliestNotAfterMs(socket),
      };
      verified = { verifiedAtMs, notAfterMs };
      keep();
    };
  }

  return { offerFor, watch };
}

function isSame(a: TlsMaterial, b: TlsMaterial): boolean {
  return a.ca === b.ca && a.cert === b.cert && a.key === b.key;
}

/** When the first certificate of the chain expires, in wall-clock milliseconds. */
function earliestNotAfterMs(socket: TLSSocket): number {
  let earliestMs = Number.POSITIVE_INFINITY;
  let certificate = socket.getPeerCertificate(true);
  while (certificate.valid_to !== undefined) {
    earliestMs = Math.min(earliestMs, Date.parse(certificate.valid_to));
    // A self-signed certificate is its own issuer.
    if (certificate.issuerCertificate === undefined || certificate.issuerCertificate === certificate) break;
    certificate = certificate.issuerCertificate;
  }
  return earliestMs;
}
