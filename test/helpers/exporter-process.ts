import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startProgram } from './program.ts';

/** How a process ended and what it wrote. */
export interface Ended {
  /** As a shell tells it: 128 and its number when a signal has ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program under test, running. */
export interface ExporterProcess {
  kill(signal: NodeJS.Signals): void;
  /** Where it listens, `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The lines of its log so far. */
  log(): readonly Record<string, unknown>[];
  readonly ended: Promise<Ended>;
}

/** Starts the program under test; it is killed when the test ends. */
export function startMain(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { child, kill, end } = startProgram(args, env);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text;
  });
  const ended = once(child, 'close').then(
    ([code, signal]): Ended => ({ code: code ?? 128 + signalNumber(signal), ...output }),
  );
  onTestFinished(async () => {
    await end();
    await ended;
  });
  return { child, kill, output, ended };
}

function signalNumber(signal: NodeJS.Signals): number {
  return constants.signals[signal];
}

/** Runs the program under test to its end. */
export function runMain(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return startMain(args, env).ended;
}

/** Starts the exporter on a free port of loopback and waits until it listens. */
export async function startExporter(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ExporterProcess> {
  const { child, kill, output, ended } = startMain(['--web.listen-address=127.0.0.1:0', ...args], env);
  const log = () =>
    output.stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): Record<string, unknown> => JSON.parse(line));
  const line = await poll(async () => {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${output.stderr}`);
    return log().find(({ msg }) => msg === 'genesis-exporter is listening');
  });
  const [url] = Array.isArray(line['urls']) ? line['urls'] : [];
  return { kill, url: String(url), log, ended };
}

/** Starts the exporter with a configuration file of this text. */
export function startConfigured(yaml: string, env: Readonly<Record<string, string>> = {}): Promise<ExporterProcess> {
  return startExporter([`--config.file=${temporaryFile('genesis.yml', yaml)}`], env);
}

/** Writes a file into a new folder that goes when the test ends; gives its path. */
export function temporaryFile(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'genesis-exporter-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** Asks again and again until there is an answer; fails at last with what was last seen to be wrong. */
export async function poll<T>(ask: () => Promise<T | undefined>, withinMs = 20_000): Promise<T> {
  const endMs = performance.now() + withinMs;
  let last: unknown = 'nothing';
  while (performance.now() < endMs) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
      if (!(error instanceof Error) || error.name !== 'AssertionError') throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not within ${withinMs / 1000} s: ${last instanceof Error ? last.message : last}`, { cause: last });
}

/** Waits until an assertion holds. */
export async function eventually(check: () => Promise<void>, withinMs?: number): Promise<void> {
  await poll(async () => {
    await check();
    return true;
  }, withinMs);
}
