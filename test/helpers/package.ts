import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What `npm pack` has made. */
export interface Packed {
  /** Path of the tarball. */
  readonly tarball: string;
  readonly sizeBytes: number;
  /** Paths within the package. */
  readonly paths: readonly string[];
}

/** Packs the project as it is built into `folder`. */
export function pack(folder: string): Packed {
  const [{ filename, size, files }] = JSON.parse(
    runNpm(['pack', '--json', `--pack-destination=${folder}`], PROJECT_ROOT),
  );
  return {
    tarball: join(folder, filename),
    sizeBytes: size,
    paths: files.map(({ path }: { readonly path: string }) => path),
  };
}

/** Installs a tarball as on a plain host, below `folder`; gives the path of its command. */
export function install(tarball: string, folder: string): string {
  // A network is asked only for what this machine's npm has not had in its hands yet.
  runNpm(['install', '--global', '--prefer-offline', '--no-audit', '--no-fund', `--prefix=${folder}`, tarball], folder);
  return join(folder, 'bin/genesis-exporter');
}

/** Makes the archive for this machine and unpacks it below `folder`; gives the folder of the program. */
export function unpackArchive(folder: string): string {
  const [packages, home] = [join(folder, 'packages'), join(folder, 'archive')];
  runToEnd(process.execPath, ['deploy/package/main.mjs', packages, process.arch], PROJECT_ROOT);
  const archive = readdirSync(packages).find((name) => name.endsWith('.tar.gz'));
  if (archive === undefined) throw new Error('npm run package made no archive');
  mkdirSync(home);
  runToEnd('tar', ['-xzf', join(packages, archive), '--strip-components=1'], home);
  return home;
}

/** Runs npm to its end; throws with what it said when it fails. */
export function runNpm(args: readonly string[], cwd: string): string {
  return runToEnd('npm', args, cwd);
}

function runToEnd(command: string, args: readonly string[], cwd: string): string {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, env: strangersEnv(), encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

/** Without this project's own settings, which npm hands down by the environment: a stranger has none of them. */
function strangersEnv(): NodeJS.ProcessEnv {
  const inherited = ['npm_config_engine_strict', 'npm_config_local_prefix', 'npm_config_package', 'INIT_CWD'];
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.includes(name)));
}
