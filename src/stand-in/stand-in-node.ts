import { platformAnswer } from './health-answer.ts';
import { createHealthEndpoint, type HealthCounts } from './health-endpoint.ts';
import type { HealthMode } from './health-mode.ts';
import { createProcessControls, type ProcessControls } from './process-controls.ts';
import { SAMPLE_PROCESSES } from './sample-processes.ts';
import {
  createStandInProcess,
  type ProcessOptions,
  type ProcessTruth,
  type StandInProcess,
} from './stand-in-process.ts';

/** Options of a stand-in node. Every option has a default. */
export interface StandInOptions {
  /** Address of every listener; default 127.0.0.1. */
  readonly host?: string;
  /** Port of the health endpoint; default 0, a free port. */
  readonly healthPort?: number;
  /** Default: the processes of the platform's sample. */
  readonly processes?: readonly ProcessOptions[];
  /** Whether a process listens on the port given, or on a free port that it then reports (`any`, the default). */
  readonly ports?: 'declared' | 'any';
  /** Whether a process in WARNING makes the endpoint answer 503. The platform does not document it; default false. */
  readonly warningIs503?: boolean;
}

/** A stand-in for a Genesis node: a real HTTP endpoint and real TCP ports that misbehave on request. */
export interface StandInNode extends ProcessControls {
  /** `http://HOST:PORT/health/status`; throws before the first start of a node with a free port. */
  readonly healthUrl: string;
  readonly healthCounts: HealthCounts;
  /** The current state of all processes, in the order of the answer. */
  readonly processes: readonly ProcessTruth[];
  /** Starts every listener. If one port is not available, rejects with that port and listens nowhere. */
  start(): Promise<void>;
  /** Ends every listener and connection. May be called again; a later start uses the same ports. */
  stop(): Promise<void>;
  /** Changes the mode of the health endpoint from its next request on. */
  setHealth(mode: HealthMode): Promise<void>;
  /** Restores every process to its first state, on its present port, and the endpoint to normal. */
  reset(): Promise<void>;
}

/** Creates a stand-in node; it listens after `start()`. */
export function createStandInNode(options: StandInOptions = {}): StandInNode {
  const { host = '127.0.0.1', healthPort = 0, ports = 'any', warningIs503 = false } = options;
  const processes = new Map<string, StandInProcess>();
  let running = false;

  function add(process: ProcessOptions): StandInProcess {
    if (processes.has(process.name)) throw new Error(`there is a process ${process.name} already`);
    const added = createStandInProcess(host, ports === 'any' ? { ...process, port: 0 } : process);
    processes.set(process.name, added);
    return added;
  }

  async function open({ listener }: StandInProcess): Promise<void> {
    if (running) await listener.open();
  }

  async function stop(): Promise<void> {
    running = false;
    await Promise.all([health.close(), ...[...processes.values()].map(({ listener }) => listener.close())]);
  }

  const truths = () => [...processes.values()].map((process) => process.truth());
  const health = createHealthEndpoint({ host, port: healthPort, answer: () => platformAnswer(truths(), warningIs503) });
  for (const process of options.processes ?? SAMPLE_PROCESSES) add(process);

  return {
    ...createProcessControls({ processes, add, open }),
    get healthUrl() {
      if (health.port === 0) throw new Error('the stand-in node has no health port before it is started');
      return `http://${host.includes(':') ? `[${host}]` : host}:${health.port}/health/status`;
    },
    get healthCounts() {
      return health.counts;
    },
    get processes() {
      return truths();
    },
    async start() {
      running = true;
      try {
        await Promise.all([health.open(), ...[...processes.values()].map(open)]);
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
    setHealth: health.setMode,
    async reset() {
      for (const process of processes.values()) process.reset();
      await Promise.all([health.setMode({ kind: 'normal' }), ...[...processes.values()].map(open)]);
    },
  };
}
