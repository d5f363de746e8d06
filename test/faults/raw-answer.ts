import type { Socket } from 'node:net';

/** The row of a process that is well, with an LMDB figure that must go when nothing is known of it. */
export const WELL_ROW = {
  PROCESS_NAME: 'GENESIS_ROUTER',
  STATUS: 'UP',
  MESSAGE: ';Lmdb currently uses 1% of available space (total size 2GB)',
  PORT: 9017,
};

/** How a well row is served. */
export const WELL_SERVED = ['GENESIS_ROUTER', 'UP', 9017] as const;

/** The body of a node that is well. */
export const WELL_BODY = JSON.stringify([WELL_ROW]);

/** A whole HTTP answer as bytes; of several pieces each is one of them. */
export function rawAnswer(code: number, body: string | Buffer = '', headers: readonly string[] = []): Buffer {
  const bytes = Buffer.from(body);
  const lines = [
    `HTTP/1.1 ${code} Any`,
    'Content-Type: application/json',
    `Content-Length: ${bytes.length}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

/** Answers so, in one piece. */
export function answers(code: number, body?: string | Buffer, headers?: readonly string[]): (socket: Socket) => void {
  const bytes = rawAnswer(code, body, headers);
  return (socket) => void socket.write(bytes);
}

/** Answers 200 with the JSON of this value. */
export function answersJson(value: unknown): (socket: Socket) => void {
  return answers(200, JSON.stringify(value));
}

/** Sends these bytes as they are. */
export function sends(text: string): (socket: Socket) => void {
  return (socket) => void socket.write(text);
}

/** Sends these bytes and ends the connection. */
export function sendsAndEnds(text: string): (socket: Socket) => void {
  return (socket) => void socket.end(text);
}

/** Sends `start`, then `piece` again and again, a pause of `delayMs` before each, for as long as anybody listens. */
export function repeats(start: string, piece: string, delayMs: number): (socket: Socket) => void {
  return (socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(piece), delayMs);
    socket.once('close', () => clearInterval(timer));
  };
}

/** Sends `start`, then `totalBytes` of blanks as fast as they are taken. */
export function floods(start: string, totalBytes: number): (socket: Socket) => void {
  const piece = Buffer.alloc(65_536, ' ');
  return (socket) => {
    let sentBytes = 0;
    function pump(): void {
      while (sentBytes < totalBytes && !socket.destroyed) {
        sentBytes += piece.length;
        if (!socket.write(piece)) return void socket.once('drain', pump);
      }
    }
    socket.write(start);
    pump();
  };
}
