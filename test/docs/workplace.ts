import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { onTestFinished } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;
const IGNORED = new Set(['.git', ...(readFileSync(`${ROOT}.gitignore`, 'utf8').match(/^[\w-]+(?=\/$)/gm) ?? [])]);
// npm hands the settings of the run around the tests down to its children; a reader has none of them.
const INHERITED =
  /^(?:PATH|HOME|LANG|TMPDIR|CI|https?_proxy|no_proxy|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS|npm_config_(?:cache|userconfig|cafile|registry))$/i;

/** A command that ended. */
export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** A command that runs. */
export interface Running {
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** A checkout of its own in which a reader tries what a page says; it goes when the test ends. */
export interface Workplace {
  readonly folder: string;
  run(command: string, env: Readonly<Record<string, string>>): Promise<Finished>;
  start(command: string, env: Readonly<Record<string, string>>): Running;
  write(name: string, text: string): void;
  read(name: string): string;
}

/** Makes a checkout, with `genesis-exporter` on the PATH and the packages installed unless the reader does that. */
export function createWorkplace({ installed }: { readonly installed: boolean }): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'genesis-exporter-docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const checkout = join(folder, 'checkout');
  cpSync(ROOT, checkout, {
    recursive: true,
    filter: (path) =>
      !path
        .slice(ROOT.length)
        .split(sep)
        .some((name) => IGNORED.has(name)),
  });
  if (installed) symlinkSync(`${ROOT}node_modules`, join(checkout, 'node_modules'));
  mkdirSync(join(folder, 'bin'));
  const program = join(folder, 'bin', 'genesis-exporter');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${ROOT}dist/main.js" "$@"\n`);
  chmodSync(program, 0o755);
  // An answer of 400 and more is a failure of curl, and no answer is waited for forever.
  writeFileSync(join(folder, '.curlrc'), 'fail-with-body\nmax-time = 60\n');

  function start(command: string, env: Readonly<Record<string, string>>): Running {
    const inherited = Object.entries(process.env).filter(([name]) => INHERITED.test(name));
    const child = spawn('bash', ['-c', command], {
      cwd: checkout,
      // A group of its own, so that what npm starts ends too.
      detached: true,
      env: {
        ...Object.fromEntries(inherited),
        PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
        CURL_HOME: folder,
        npm_config_prefer_offline: 'true',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const ended = once(child, 'close').then(([code]): number | null => code);
    onTestFinished(async () => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL');
      await ended;
    });
    return { output: () => output, ended };
  }

  return {
    folder,
    start,
    async run(command, env) {
      const { output, ended } = start(command, env);
      return { code: await ended, output: output() };
    },
    write: (name, text) => writeFileSync(join(checkout, name), text),
    read: (name) => readFileSync(join(checkout, name), 'utf8'),
  };
}
