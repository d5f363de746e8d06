import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { inject, onTestFinished } from 'vitest';
import { freePort } from './prometheus-server.ts';

/** Whether a program can be given mounts of its own, such as another `/etc/hosts`; under CI it must be possible. */
export function canMount(): boolean {
  const isPossible = spawnSync('unshare', ['-m', 'mount', '--bind', '/etc/hosts', '/etc/hosts']).status === 0;
  if (!isPossible && process.env['CI'] === 'true') throw new Error('unshare -m is not allowed, and CI must allow it');
  if (!isPossible) console.warn('skipped: no unshare -m (it takes Linux and root)');
  return isPossible;
}

/** Starts the exporter with a mount that it alone sees, `mount` being the arguments of that program; gives its URL. */
export async function startMounted(mount: string, args: readonly string[]): Promise<string> {
  const port = await freePort();
  const flags = [...args, `--web.listen-address=127.0.0.1:${port}`];
  const script = 'mount $0 && exec "$@"';
  const command = ['-m', 'sh', '-c', script, mount, ...inject('commandLine'), ...flags];
  const child = spawn('unshare', command, { stdio: 'ignore' });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return `http://127.0.0.1:${port}`;
}
