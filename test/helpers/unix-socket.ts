import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A path for a socket in a new folder that goes when the test ends. */
export function socketPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'genesis-exporter-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'exporter.sock');
}

/** The status code of a GET on a unix socket, or the code of what went wrong. */
export function askSocket(socket: string, path = '/-/ready', auth?: string): Promise<number | string | undefined> {
  return new Promise((resolve) => {
    const asked = request({ socketPath: socket, path, agent: false, ...(auth && { auth }) }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code)).end();
  });
}
