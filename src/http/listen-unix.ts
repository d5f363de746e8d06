import { chmod, lstat, stat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import type { FastifyInstance } from 'fastify';

/** The owner and the group may connect. */
const MODE = 0o660;

/**
 * Has an app listen on a unix socket. A socket that a dead process left there is replaced; a socket in use, and a file that
 * is no socket, are left alone and reject. Node.js removes the socket when the server closes.
 */
export async function listenUnix(app: FastifyInstance, path: string): Promise<void> {
  // To listen in a folder that is not there is "permission denied" in Node.js.
  await stat(dirname(path));
  await removeStale(path);
  await app.listen({ path });
  await chmod(path, MODE);
}

async function removeStale(path: string): Promise<void> {
  const stats = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (stats === undefined) return;
  if (!stats.isSocket()) throw new Error('there is a file that is no socket');
  const code = await connectOnce(path);
  if (code === 'ECONNREFUSED') await unlink(path);
  // A server without permission for us, or one of another kind, answers with a code of its own and is alive too.
  else if (code !== 'ENOENT') throw new Error('the socket is in use');
}

/** Connects and hangs up; gives the code of the error, if there was one. */
function connectOnce(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path }, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}
