import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { inject, onTestFinished } from 'vitest';
import { freePort } from './prometheus-server.ts';

/** Whether a program can be given an `/etc/hosts` or `/etc/resolv.conf` of its own; under CI it must be possible. */
export function canMount(): boolean {
  const isPossible = spawnSync('unshare', ['-m', 'mount', '--bind', '/etc/hosts', '/etc/hosts']).status === 0;
  if (!isPossible && process.env['CI'] === 'true') throw new Error('unshare -m is not allowed, and CI must allow it');
  if (!isPossible) console.warn('skipped: no unshare -m (it takes Linux and root)');
  return isPossible;
}

/** Starts the exporter where `file` stands in the place of `target`, such as `/etc/hosts`; gives its URL. */
export async function startMounted(file: string, target: string, args: readonly string[]): Promise<string> {
  const port = await freePort();
  const flags = [...args, `--web.listen-address=127.0.0.1:${port}`];
  const script = 'mount --bind "$0" "$1" && shift && exec "$@"';
  const command = ['-m', 'sh', '-c', script, file, target, ...inject('commandLine'), ...flags];
  const child = spawn('unshare', command, { stdio: 'ignore' });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return `http://127.0.0.1:${port}`;
}
