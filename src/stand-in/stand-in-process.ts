import type { TlsOptions } from 'node:tls';
import { createProcessListener, type ProcessConnectionCounts, type ProcessListener } from './process-listener.ts';

/** A process of a stand-in node, before it starts. */
export interface ProcessOptions {
  readonly name: string;
  /** 0 for a free port. */
  readonly port: number;
  /** The reported STATUS; default UP. */
  readonly status?: string;
  /** The reported MESSAGE; default empty. */
  readonly message?: string;
  /** TLS options, with key and certificate, of a `secure` process. */
  readonly tls?: TlsOptions;
}

/** The real state of a process, whatever the health endpoint reports. */
export interface ProcessTruth {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  /** Current port, or the last one. */
  readonly port: number;
  readonly listening: boolean;
  /** Whether the health endpoint lists it. */
  readonly reported: boolean;
  readonly connections: ProcessConnectionCounts;
}

/** One process of a stand-in node: its row in the answer and its port. */
export interface StandInProcess {
  readonly listener: ProcessListener;
  status: string;
  message: string;
  reported: boolean;
  truth(): ProcessTruth;
  /** Restores the first row. */
  reset(): void;
}

/** Creates a process that does not listen yet. */
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
