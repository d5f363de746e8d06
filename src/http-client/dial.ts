import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { openSocket, type SocketOptions } from './socket.ts';

/** Where a host is, and how long connecting to it may take. */
export interface DialTarget {
  /** IP addresses of the host, at least one, tried one after the other. */
  readonly addresses: readonly string[];
  /** Milliseconds until the deadline of the whole request. */
  readonly leftMs: () => number;
}

/** Each address gets at least this long before the next one is tried. */
const MIN_ATTEMPT_MS = 250;

/**
 * Opens a socket to the first address that accepts, and calls back once: with the socket, or with the errors of all addresses.
 * Each address has an equal share of the remaining time; the last one has all of it. Returns a function that ends the attempt.
 */
export function dial(
  to: buildConnector.Options,
  { addresses, leftMs }: DialTarget,
  options: Omit<SocketOptions, 'address'>,
  callback: buildConnector.Callback,
): () => void {
  const errors: Error[] = [];
  let socket: Socket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function attempt(index: number): void {
    const address = addresses[index];
    const others = addresses.length - index - 1;
    let isOver = false;

    function end(error: Error | null, opened: Socket | null): void {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      if (opened !== null) {
        callback(null, opened);
        return;
      }
      if (error !== null) errors.push(error);
      if (others > 0) attempt(index + 1);
      else callback(errors.length === 1 && error !== null ? error : new AggregateError(errors), null);
    }

    if (others > 0) {
      const shareMs = Math.max(MIN_ATTEMPT_MS, leftMs() / (others + 1));
      timer = setTimeout(() => {
        socket?.destroy();
        end(timedOut(address, shareMs), null);
      }, shareMs);
    }
    socket = openSocket(to, { ...options, address }, (error, opened) =>
      opened === null ? end(error, null) : end(null, opened),
    );
  }

  if (addresses.length === 0)
    callback(Object.assign(new Error(`no address for ${to.hostname}`), { code: 'ENOTFOUND' }), null);
  else attempt(0);
  return () => {
    clearTimeout(timer);
    socket?.destroy();
  };
}

function timedOut(address: string | undefined, afterMs: number): Error {
  const message = `no connection to ${address} within ${(afterMs / 1000).toFixed(2)} s`;
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
}
