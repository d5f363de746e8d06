import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A running exporter. */
export interface ExporterProcess {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly pid: number;
  readonly ended: Promise<unknown>;
  kill(signal: 'SIGHUP' | 'SIGKILL'): void;
  /** Which of these texts a line of its log has next; rejects when there is no such line in time, or no exporter any more. */
  logged(texts: readonly string[]): Promise<string>;
}

const PATIENCE_MS = 30_000;

/** Starts `dist/main.js` of the working directory on this port of loopback; resolves when it listens. */
export async function startExporter(
  configFile: string,
  storageFolder: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<ExporterProcess> {
  const flags = [
    `--config.file=${configFile}`,
    `--storage.path=${storageFolder}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn(process.execPath, ['dist/main.js', ...flags], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const readers = new Set<(line: string) => void>();
  let last = '';
  createInterface(child.stderr).on('line', (line) => {
    last = line;
    for (const read of readers) read(line);
  });

  function logged(texts: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (): void =>
        reject(new Error(`the exporter did not log "${texts.join('" or "')}", but last: ${last}`));
      const timer = setTimeout(finish, PATIENCE_MS, fail);
      ended.then(() => finish(fail));
      readers.add(read);

      function read(line: string): void {
        const found = texts.find((text) => line.includes(text));
        if (found !== undefined) finish(() => resolve(found));
      }
      function finish(conclude: () => void): void {
        clearTimeout(timer);
        readers.delete(read);
        conclude();
      }
    });
  }

  await logged(['genesis-exporter is listening']);
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, ended, kill: (signal) => child.kill(signal), logged };
}
