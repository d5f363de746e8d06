import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Builds `dist/` once before the tests that start the program; silent unless the build fails. */
export function setup(): void {
  const build = spawnSync('npm', ['run', '--silent', 'build'], { cwd: PROJECT_ROOT, encoding: 'utf8' });
  if (build.status !== 0)
    throw new Error(`npm run build failed\n${build.stdout}${build.stderr}`, { cause: build.error });
}
