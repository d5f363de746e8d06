import { spawnSync } from 'node:child_process';

/** The image under test, by name or id; empty when there is none. */
export const IMAGE = process.env['GENESIS_EXPORTER_IMAGE'] ?? '';

/** What podman needs to run where there is no systemd. */
export const PODMAN_FLAGS = ['--runtime=runc', '--cgroup-manager=cgroupfs', '--log-level=fatal'];

/** What a careful orchestrator allows: nothing to write to, no rights, and no more processes than a program needs. */
export const RESTRICTED = [
  ...['--pull=never', '--read-only', '--read-only-tmpfs=false', '--cap-drop=ALL', '--security-opt=no-new-privileges'],
  // Lower than the limit of a machine that runs podman within a container.
  '--ulimit=nproc=4096:4096',
];

/** Runs podman to its end; throws with what it said when it fails. */
export function podman(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync('podman', [...PODMAN_FLAGS, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`podman ${args.join(' ')}: exit ${status}\n${stdout}${stderr}`);
  return stdout.trim();
}
