import { Socket } from 'node:net';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';
import { isTlsAlert } from '../http-client/failure-reason.ts';
import { certNotAfterMs } from './tolerant-tls.ts';

/** How an attempt to connect to one address ended. */
export type AttemptOutcome =
  | { readonly kind: 'ok'; readonly certNotAfterMs: number | undefined }
  | { readonly kind: 'timeout'; readonly phase: ConnectPhase }
  | { readonly kind: 'error'; readonly phase: ConnectPhase; readonly error: Error };

/** How far an attempt came. */
export type ConnectPhase = 'connect' | 'tls';

/** What an attempt is to do, and whom to tell. */
export interface AttemptOptions {
  /** An IP address. */
  readonly address: string;
  readonly port: number;
  /** How to make a TLS handshake; undefined for TCP alone. */
  readonly tls: ConnectionOptions | undefined;
  readonly timeoutMs: number;
  /** Called once when the outcome is known; not when the socket was destroyed from outside before. */
  readonly onOutcome: (outcome: AttemptOutcome) => void;
  /** Called once, last, when nothing of the socket is left. */
  readonly onClosed: () => void;
}

// How long a peer may take to answer our FIN with its own.
const LINGER_MS = 500;

/** Connects, sends nothing, drops what comes, and closes with FIN. Destroying the socket ends the attempt at any time. */
export function attemptConnect(options: AttemptOptions): Socket {
  const { port, tls, timeoutMs, onOutcome, onClosed } = options;
  const place = { host: options.address, port, autoSelectFamily: false };
  let outcome: AttemptOutcome | undefined;
  let phase: ConnectPhase = 'connect';

  // Plain timers, as a socket's own starts anew with each byte from a peer that dribbles.
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
    // net.connect() makes hidden classes of its options anew each time, which become old.
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
    // Closing with unread data in hand would be a reset.
    socket.resume();
    socket.end();
  }

  return socket;
}
