import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Opens a connection to a server, destroyed when the test ends; errors of it are no errors of the test. */
export async function openRaw(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  onTestFinished(() => void socket.destroy());
  const connected = once(socket, 'connect');
  await connected;
  socket.on('error', () => {});
  return socket;
}

/** All that comes until the other side has ended the connection or broken it off; fails after `withinMs`. */
export async function readAll(socket: Socket, withinMs = 10_000): Promise<string> {
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => pieces.push(piece));
  if (!socket.closed && !socket.readableEnded) {
    // An error counts as the end: what had come by then is all that came.
    const ends = ['end', 'close', 'error'].map((event) => new Promise((resolve) => void socket.once(event, resolve)));
    const patience = new Promise((_, reject) => {
      const timer = setTimeout(() => reject(new Error(`no end within ${withinMs} ms`)), withinMs);
      socket.once('close', () => clearTimeout(timer));
    });
    await Promise.race([...ends, patience]);
  }
  return Buffer.concat(pieces).toString('latin1');
}

/** Sends bytes on a connection of their own, and reads all that is answered. */
export async function sendRaw(url: string, bytes: string | Uint8Array, isHalfClosed = false): Promise<string> {
  const socket = await openRaw(url);
  const answer = readAll(socket);
  if (isHalfClosed) socket.end(bytes);
  else socket.write(bytes);
  const text = await answer;
  socket.destroy();
  return text;
}
