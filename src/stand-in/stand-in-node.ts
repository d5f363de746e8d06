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

/** What a stand-in node is made of; all of it has a default. */
export interface StandInOptions {
  /** Where everything listens; 127.0.0.1 unless given. */
  readonly host?: string;
  /** 0, any free one, unless given. */
  readonly healthPort?: number;
  /** The processes of the platform's sample unless given. */
  readonly processes?: readonly ProcessOptions[];
  /** Whether each process listens on the port it is given with, or on any free one, which it then reports; `any` unless given. */
  readonly ports?: 'declared' | 'any';
  /** Whether the endpoint answers 503 for a process in WARNING; false unless given, for the platform does not say. */
  readonly warningIs503?: boolean;
}

/** A Genesis node with a real HTTP endpoint and real TCP ports that can be told to misbehave. */
export interface StandInNode extends ProcessControls {
  /** `http://HOST:PORT/health/status`; throws before the first start when any free port was asked for. */
  readonly healthUrl: string;
  readonly healthCounts: HealthCounts;
  /** What is true now, in the order of the answer. */
  readonly processes: readonly ProcessTruth[];
  /** Listens everywhere; when one port cannot be had, rejects naming it and listens nowhere. */
  start(): Promise<void>;
  /** Ends every listener and connection; may be called again, and start may follow: the ports stay the same. */
  stop(): Promise<void>;
  /** Changes how the health endpoint behaves, from its next request on. */
  setHealth(mode: HealthMode): Promise<void>;
  /** Makes all well: every process as it was added, but on its present port, and the health endpoint normal. */
  reset(): Promise<void>;
}

/** Makes a stand-in node, which listens once it is started. */
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
