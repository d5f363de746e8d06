import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IMAGE, PODMAN_FLAGS, podman, RESTRICTED } from './podman.ts';
import type { Program } from './program.ts';

// The network and the temporary files of the tests are the program's own, as if it ran here; the files are theirs who run the tests.
const AS_HERE = [
  ...['--network=host', `--volume=${tmpdir()}:${tmpdir()}:ro`, `--user=${process.getuid?.()}:${process.getgid?.()}`],
  ...['--log-driver=none', '--no-healthcheck', '--ulimit=nofile=4096:4096', '--memory=512m'],
];

/** Runs the image with the program's output on podman's own. */
export function startAttached(args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const name = `genesis-exporter-${randomUUID()}`;
  const pidFile = join(tmpdir(), `${name}.pid`);
  const environment = Object.entries(env).map(([key, value]) => `--env=${key}=${value}`);
  const options = ['run', '--rm', `--name=${name}`, `--pidfile=${pidFile}`, ...RESTRICTED, ...AS_HERE, ...environment];
  const child = spawn('podman', [...PODMAN_FLAGS, ...options, IMAGE, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    child,
    // Past podman, which hands on neither SIGKILL nor SIGSTOP.
    kill(signal) {
      if (!isRunning()) return;
      try {
        process.kill(Number(readFileSync(pidFile, 'utf8')), signal);
      } catch (error) {
        // The program has just ended, and podman has not noticed yet.
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    },
    async end() {
      // Again, should it only just have been under way.
      while (isRunning()) {
        podman('rm', '--force', '--ignore', '--time=0', name);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      if (existsSync(pidFile)) rmSync(pidFile);
    },
  };
}
