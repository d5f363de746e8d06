import type { TLSSocket } from 'node:tls';
import type { TlsMaterial } from './request-secrets.ts';

/** A handshake in full at least this often, so that a certificate that the server exchanged is seen. */
const MAX_SESSION_AGE_MS = 600_000;

/** The latest TLS session of one client, for shorter handshakes. */
export interface TlsSessions {
  /** The session to offer to an address: one that was verified with the same files and whose certificates are valid still. */
  offerFor(address: string, material: TlsMaterial): Buffer | undefined;
  /** Collects the sessions that the server gives on a socket. Call the result when its handshake has succeeded: they are kept then. */
  watch(socket: TLSSocket, address: string, material: TlsMaterial): () => void;
}

interface KeptSession {
  readonly session: Buffer;
  readonly address: string;
  readonly material: TlsMaterial;
  /** Wall-clock milliseconds when the certificates were verified in full, and until when they are valid. */
  readonly verifiedAtMs: number;
  readonly notAfterMs: number;
}

/** No session yet. A resumed handshake shows no certificate, so each session remembers how long its own ones are valid. */
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

/** The end of the chain's validity in wall-clock milliseconds. */
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
