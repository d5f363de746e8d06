import { Socket } from 'node:net';
import { Client } from 'undici';
import { endWithParent } from './say.ts';

/** What the loop is told, as JSON in its argument. */
export interface LoopOptions {
  readonly healthUrls: readonly string[];
  readonly intervalMs: number;
}

// The limit for probing: each cycle a GET on a fresh connection, and a connection to each port that the answer names.
endWithParent();
const { healthUrls, intervalMs }: LoopOptions = JSON.parse(process.argv[2] ?? '');

function tryPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new Socket().connect({ host, port, autoSelectFamily: false }, () => {
      resolve();
      socket.end();
    });
    socket.once('error', reject);
    socket.resume();
  });
}

for (const [index, healthUrl] of healthUrls.entries()) {
  const { origin, pathname, hostname } = new URL(healthUrl);
  const client = new Client(origin);
  const first = await client.request({ method: 'GET', path: pathname, reset: true });
  const rows = await first.body.json();
  const ports = Array.isArray(rows) ? rows.map(({ PORT }) => Number(PORT)) : [];
  async function cycle(): Promise<void> {
    setTimeout(cycle, intervalMs);
    const get = client.request({ method: 'GET', path: pathname, reset: true }).then(({ body }) => body.text());
    await Promise.all([get, ...ports.map((port) => tryPort(hostname, port))]);
  }
  setTimeout(cycle, (intervalMs * index) / healthUrls.length);
}
console.log('looping');
