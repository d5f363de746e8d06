import { spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { poll } from './exporter-process.ts';
import { hasTool, runTool } from './promtool.ts';

const IMAGE = process.env['GENESIS_EXPORTER_IMAGE'] ?? '';

// What a careful orchestrator allows; the limits are lower than the ones of a machine that runs podman within a container.
const RESTRICTED = [
  ...['--pull=never', '--read-only', '--read-only-tmpfs=false', '--cap-drop=ALL', '--security-opt=no-new-privileges'],
  ...['--memory=128m', '--ulimit=nofile=1024:1024', '--ulimit=nproc=4096:4096'],
];

/** Whether the image can be run; where it must be, under CI, its absence is an error. */
export function hasImage(): boolean {
  if (!hasTool('podman')) return false;
  if (IMAGE === '' && process.env['CI'] === 'true')
    throw new Error('GENESIS_EXPORTER_IMAGE names no image (.ci/image)');
  if (IMAGE === '') console.warn('skipped: GENESIS_EXPORTER_IMAGE names no image (.ci/image makes one)');
  return IMAGE !== '';
}

/** Runs podman to its end; throws with what it said when it fails. */
export function podman(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(
    'podman',
    ['--runtime=runc', '--cgroup-manager=cgroupfs', '--log-level=fatal', ...args],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`podman ${args.join(' ')}: exit ${status}\n${stdout}${stderr}`);
  return stdout.trim();
}

/** What podman knows of the image, by a Go template. */
export function inspectImage(format: string): string {
  return podman('image', 'inspect', '--format', format, IMAGE);
}

/** Runs JavaScript within the image and gives what it prints. */
export function runScript(script: string): string {
  return podman('run', '--rm', '--network=none', ...RESTRICTED, '--entrypoint=node', IMAGE, '-e', script);
}

/** Starts the image, read-only, without capabilities and with little memory; it is removed when the test ends. */
export function startContainer(options: readonly string[], args: readonly string[]): string {
  const id = podman('run', '--detach', ...RESTRICTED, ...options, IMAGE, ...args);
  onTestFinished(() => void podman('rm', '--force', '--time=0', id));
  return id;
}

/** The address on which the exporter in a container says that it listens. */
export async function listeningUrl(id: string): Promise<string> {
  return poll(async () => /"urls":\["([^"]+)"/.exec(logOf(id))?.[1]);
}

/** All that a container has written. */
export function logOf(id: string): string {
  return runTool('podman', ['--runtime=runc', '--cgroup-manager=cgroupfs', 'logs', id]).output;
}
