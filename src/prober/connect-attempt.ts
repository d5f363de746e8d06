import { Socket } from 'node:net';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';
import { isTlsAlert } from '../http-client/failure-reason.ts';
import { certNotAfterMs } from './tolerant-tls.ts';

/** How an attempt to connect to one address ended. */
export type AttemptOutcome =
  | { readonly kind: 'ok'; readonly certNotAfterMs: number | undefined }
  | { readonly kind: 'timeout'; readonly phase: ConnectPhase }
  | { readonly kind: 'error'; readonly phase: ConnectPhase; readonly error: Error };

/** The phase in which an attempt ended. */
export type ConnectPhase = 'connect' | 'tls';

/** Where an attempt connects, and its callbacks. */
export interface AttemptOptions {
  /** An IP address. */
  readonly address: string;
  readonly port: number;
  /** How to make a TLS handshake; undefined for TCP alone. */
  readonly tls: ConnectionOptions | undefined;
  readonly timeoutMs: number;
  /** Called once when the outcome is known. Not called if the caller destroys the socket first. */
  readonly onOutcome: (outcome: AttemptOutcome) => void;
  /** Called once, last, when the socket is closed. */
  readonly onClosed: () => void;
}

// How long the peer may take to close its side after the exporter's FIN.
const LINGER_MS = 500;

/** Connects, sends nothing, drops received data, and closes with FIN. The caller may destroy the socket at any time. */
export function attemptConnect(options: AttemptOptions): Socket {
  const { port, tls, timeoutMs, onOutcome, onClosed } = options;
  const place = { host: options.address, port, autoSelectFamily: false };
  let outcome: AttemptOutcome | undefined;
  let phase: ConnectPhase = 'connect';

  // A plain timer: the socket's own timeout would restart with each byte of a slow peer.
  let timer = setTimeout(() => {
    settle({ kind: 'timeout', phase });
    socket.destroy();
  }, timeoutMs);
  const socket = tls === undefined ? connectPlain() : connectSecure(tls);
  socket.on('error', (error) => {
    settle(isTlsAlert(error) ? { kind: 'ok', certNotAfterMs: undefined } : { kind: 'error', phase, error });
  });
  socket.on('close', () => {
    clearTimeout(timer);
    onClosed();
  });

  function connectPlain(): Socket {
    // net.connect() creates new hidden classes on each call, and these move to the old generation.
    return new Socket().connect(place, () => finish(undefined));
  }
  function connectSecure(secureOptions: ConnectionOptions): Socket {
    const secure = tlsConnect({ ...place, ...secureOptions }, () => finish(certNotAfterMs(secure)));
    secure.once('connect', () => {
      phase = 'tls';
    });
    return secure;
  }
  function settle(known: AttemptOutcome): void {
    if (outcome !== undefined) return;
    outcome = known;
    onOutcome(known);
  }
  function finish(notAfterMs: number | undefined): void {
    settle({ kind: 'ok', certNotAfterMs: notAfterMs });
    clearTimeout(timer);
    timer = setTimeout(() => socket.destroy(), LINGER_MS);
    // Closing a socket with unread data would send a reset.
    socket.resume();
    socket.end();
  }

  return socket;
}
