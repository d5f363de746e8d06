import { spawnSync } from 'node:child_process';

/** Runs a tool to its end and gives what it wrote; throws with all that it said when it fails. */
export function run(tool, args, options = {}) {
  const { stdout, stderr, status, error } = spawnSync(tool, args, { encoding: 'utf8', ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${tool} ${args.join(' ')}: exit ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** Gives every file of a tree the same rights, whatever the umask, and the time of the commit. */
export function settle(folder, epoch) {
  run('chmod', ['-R', 'u=rwX,go=rX', folder]);
  run('find', [folder, '-exec', 'touch', '--no-dereference', `--date=@${epoch}`, '{}', '+']);
}
