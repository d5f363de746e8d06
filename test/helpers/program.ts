import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { inject } from 'vitest';
import { startAttached } from './attached-container.ts';
import { ORIGIN } from './under-test.ts';

/** The program under test, or the podman that holds it. */
export interface Program {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Sends a signal to the program itself, be it in a container or not. */
  kill(signal: NodeJS.Signals): void;
  /** Ends it at once, whatever it does; resolves when nothing of it is left. */
  end(): Promise<void>;
}

type Env = Readonly<Record<string, string>>;

/** Starts the program from where `EXPORTER_UNDER_TEST` says, with nothing in its environment but `env` and the PATH. */
export function startProgram(args: readonly string[], env: Env): Program {
  return ORIGIN === 'image' ? startAttached(args, env) : startHere(args, env);
}

function startHere(args: readonly string[], env: Env): Program {
  const [file = '', ...first] = inject('commandLine');
  const child = spawn(file, [...first, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return {
    child,
    kill: (signal) => void child.kill(signal),
    async end() {
      child.kill('SIGKILL');
    },
  };
}
