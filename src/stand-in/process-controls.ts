import { lmdbMessage } from './sample-processes.ts';
import type { ProcessOptions, ProcessTruth, StandInProcess } from './stand-in-process.ts';

/** Controls for the processes of a stand-in node. An unknown name throws. */
export interface ProcessControls {
  /** The current state of one process. */
  truthOf(name: string): ProcessTruth;
  /** Ends the process while the endpoint still reports it as before: its port refuses connections. */
  kill(name: string): Promise<void>;
  /** Ends the process and reports it DOWN, as the platform does a few seconds after a crash. */
  die(name: string): Promise<void>;
  /** Starts the process again: it is reported UP, and it listens if the node runs. */
  restart(name: string): Promise<void>;
  /** Reports any STATUS word. */
  setStatus(name: string, status: string): void;
  /** Reports this MESSAGE. */
  setMessage(name: string, message: string): void;
  /** Reports an LMDB store with this use, in Genesis' own wording. */
  setLmdb(name: string, usedPercent: number, totalSize?: string): void;
  /** Moves the process to another port (0 for a free one) and reports that port. */
  setPort(name: string, port: number): Promise<void>;
  /** Leaves the process out of the answer. */
  drop(name: string): void;
  /** Lists the process in the answer again. */
  list(name: string): void;
  /** Adds a process after the others; it listens when the node runs. */
  addProcess(process: ProcessOptions): Promise<void>;
  /** Ends a process and removes it. */
  removeProcess(name: string): Promise<void>;
}

/** The processes of a node by name, in the order of the answer. */
export interface ProcessTable {
  readonly processes: Map<string, StandInProcess>;
  /** Throws when the name exists already. */
  add(options: ProcessOptions): StandInProcess;
  /** Starts to listen, unless the node is stopped. */
  open(process: StandInProcess): Promise<void>;
}

/** Creates the controls for a table of processes. */
export function createProcessControls({ processes, add, open }: ProcessTable): ProcessControls {
  function find(name: string): StandInProcess {
    const process = processes.get(name);
    if (process !== undefined) return process;
    throw new Error(`no process ${name}; there are: ${[...processes.keys()].join(', ')}`);
  }

  return {
    truthOf: (name) => find(name).truth(),
    async kill(name) {
      await find(name).listener.close();
    },
    async die(name) {
      const process = find(name);
      process.status = 'DOWN';
      await process.listener.close();
    },
    async restart(name) {
      const process = find(name);
      await open(process);
      process.status = 'UP';
    },
    setStatus(name, status) {
      find(name).status = status;
    },
    setMessage(name, message) {
      find(name).message = message;
    },
    setLmdb(name, usedPercent, totalSize = '2GB') {
      find(name).message = lmdbMessage(usedPercent, totalSize);
    },
    async setPort(name, port) {
      await find(name).listener.move(port);
    },
    drop(name) {
      find(name).reported = false;
    },
    list(name) {
      find(name).reported = true;
    },
    async addProcess(options) {
      const process = add(options);
      try {
        await open(process);
      } catch (error) {
        processes.delete(options.name);
        throw error;
      }
    },
    async removeProcess(name) {
      const process = find(name);
      processes.delete(name);
      await process.listener.close();
    },
  };
}
