import { onTestFinished } from 'vitest';
import { poll } from './exporter-process.ts';
import { IMAGE, PODMAN_FLAGS, podman, RESTRICTED } from './podman.ts';
import { hasTool, runTool } from './promtool.ts';

const LIMITED = [...RESTRICTED, '--memory=128m', '--ulimit=nofile=1024:1024'];

/** Whether the image can be run; where it must be, under CI, its absence is an error. */
export function hasImage(): boolean {
  if (!hasTool('podman')) return false;
  if (IMAGE === '' && process.env['CI'] === 'true')
    throw new Error('GENESIS_EXPORTER_IMAGE names no image (.ci/image)');
  if (IMAGE === '') console.warn('skipped: GENESIS_EXPORTER_IMAGE names no image (.ci/image makes one)');
  return IMAGE !== '';
}

/** What podman knows of the image, by a Go template. */
export function inspectImage(format: string): string {
  return podman('image', 'inspect', '--format', format, IMAGE);
}

/** Runs JavaScript within the image and gives what it prints. */
export function runScript(script: string): string {
  return podman('run', '--rm', '--network=none', ...LIMITED, '--entrypoint=node', IMAGE, '-e', script);
}

/** Starts the image, read-only, without capabilities and with little memory; it is removed when the test ends. */
export function startContainer(options: readonly string[], args: readonly string[]): string {
  const id = podman('run', '--detach', ...LIMITED, ...options, IMAGE, ...args);
  onTestFinished(() => void podman('rm', '--force', '--time=0', id));
  return id;
}

/** The address on which the exporter in a container says that it listens. */
export async function listeningUrl(id: string): Promise<string> {
  return poll(async () => /"urls":\["([^"]+)"/.exec(logOf(id))?.[1]);
}

/** All that a container has written. */
export function logOf(id: string): string {
  return runTool('podman', [...PODMAN_FLAGS, 'logs', id]).output;
}
