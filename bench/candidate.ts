import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/** A program that is being measured. */
export interface Candidate {
  /** What it said first on its standard output: by custom of the bench the URL that it listens on. */
  readonly said: string;
  /** Milliseconds of processor time that all its threads, and the programs that it started, have used. */
  cpuMs(): number;
  /** Resident memory. */
  rssBytes(): number;
  /** Memory of the program and of those that it started; memory that they share counts once. */
  pssBytes(): number;
  /** Asks a program that was started with a meter inside; resolves with its answer. */
  ask(): Promise<unknown>;
  stop(): Promise<void>;
}

/** How a candidate is started. */
export interface CandidateOptions {
  readonly args?: readonly string[];
  /** Answers once the candidate is ready; without it the first line on its standard output says so. */
  readonly readyUrl?: string;
}

const PATIENCE_MS = 20_000;

/** Starts a program and resolves when it is ready. */
export async function startCandidate(command: string, { args = [], readyUrl }: CandidateOptions): Promise<Candidate> {
  const withIpc = command === process.execPath;
  const child = spawn(command, args, {
    stdio: ['ignore', readyUrl === undefined ? 'pipe' : 'ignore', 'pipe', ...(withIpc ? (['ipc'] as const) : [])],
  });
  let complaints = '';
  child.stderr?.on('data', (text) => {
    complaints = `${complaints}${text}`.slice(-2000);
  });
  const { pid } = child;
  const ended = pid === undefined ? once(child, 'error') : once(child, 'exit');
  // Not all of them end by themselves when the bench is gone.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const failed = ended.then(() => {
    throw new Error(`${command} ${args.join(' ')} ended: ${complaints}`);
  });
  failed.catch(() => {});
  const ready = readyUrl === undefined ? firstLine(child) : answers(readyUrl);
  const said = await Promise.race([ready, failed]);
  const family = () => [`${pid}`, ...read(`/proc/${pid}/task/${pid}/children`).split(' ')].filter((id) => id > '0');
  const tasks = () => family().flatMap((id) => list(`/proc/${id}/task`).map((thread) => `/proc/${id}/task/${thread}`));

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(killer);
  }

  return {
    said,
    cpuMs: () => tasks().reduce((sum, task) => sum + Number.parseInt(read(`${task}/schedstat`), 10), 0) / 1e6,
    rssBytes: () => 1024 * Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1]),
    pssBytes: () =>
      family().reduce(
        (sum, id) => sum + 1024 * Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${id}/smaps_rollup`))?.[1]),
        0,
      ),
    async ask() {
      child.send('ask');
      const [answer] = await once(child, 'message');
      return answer;
    },
    stop,
  };
}

/** Starts one of the programs of this bench by its name in `candidates/`. */
export function startOwn(name: string, args: readonly string[]): Promise<Candidate> {
  const file = new URL(`./candidates/${name}.js`, import.meta.url).pathname;
  return startCandidate(process.execPath, { args: [file, ...args] });
}

function list(folder: string): readonly string[] {
  // A program may end at any time.
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string {
  // A thread may end between the listing and the reading.
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '0';
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no standard output');
  const [line] = await once(createInterface(child.stdout), 'line');
  return String(line);
}

async function answers(url: string): Promise<string> {
  const startedMs = performance.now();
  while (performance.now() - startedMs < PATIENCE_MS) {
    const response = await fetch(url).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok === true) return url;
    await pause(50);
  }
  throw new Error(`no answer from ${url}`);
}
