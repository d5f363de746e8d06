import type { TlsOptions } from 'node:tls';
import { createProcessListener, type ProcessConnectionCounts, type ProcessListener } from './process-listener.ts';

/** A process that a stand-in node is to run. */
export interface ProcessOptions {
  readonly name: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The reported STATUS; UP unless given. */
  readonly status?: string;
  /** The reported MESSAGE; empty unless given. */
  readonly message?: string;
  /** Key, certificate and more of a `secure` process, whose port speaks TLS. */
  readonly tls?: TlsOptions;
}

/** What is true of a process now, whatever the health endpoint says. */
export interface ProcessTruth {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  /** Where it listens, or did last. */
  readonly port: number;
  readonly listening: boolean;
  /** Whether the health endpoint lists it. */
  readonly reported: boolean;
  readonly connections: ProcessConnectionCounts;
}

/** One process of a stand-in node: what is said of it, and its port. */
export interface StandInProcess {
  readonly listener: ProcessListener;
  status: string;
  message: string;
  reported: boolean;
  truth(): ProcessTruth;
  /** Says again what was said at first. */
  reset(): void;
}

/** Makes a process that does not listen yet. */
export function createStandInProcess(host: string, options: ProcessOptions): StandInProcess {
  const { name, status = 'UP', message = '' } = options;
  const listener = createProcessListener({ ...options, host });
  const process: StandInProcess = {
    listener,
    status,
    message,
    reported: true,
    truth: () => ({
      name,
      status: process.status,
      message: process.message,
      port: listener.port,
      listening: listener.listening,
      reported: process.reported,
      connections: listener.counts,
    }),
    reset() {
      Object.assign(process, { status, message, reported: true });
    },
  };
  return process;
}
