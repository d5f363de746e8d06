import { lmdbMessage } from './sample-processes.ts';
import type { ProcessOptions, ProcessTruth, StandInProcess } from './stand-in-process.ts';

/** What can be done to the processes of a stand-in node; a name that it has not throws. */
export interface ProcessControls {
  /** What is true of one process now. */
  truthOf(name: string): ProcessTruth;
  /** Ends the process unseen: its port refuses, and it is still reported as before. */
  kill(name: string): Promise<void>;
  /** Ends the process and reports it DOWN, as the platform does some seconds after a death. */
  die(name: string): Promise<void>;
  /** Starts the process again: it listens on its port, if the node runs, and is reported UP. */
  restart(name: string): Promise<void>;
  /** Reports this STATUS, whatever the word. */
  setStatus(name: string, status: string): void;
  /** Reports this MESSAGE. */
  setMessage(name: string, message: string): void;
  /** Reports an LMDB store that is so full, in Genesis' own spelling. */
  setLmdb(name: string, usedPercent: number, totalSize?: string): void;
  /** Moves the process to another port, 0 for any free one, where it listens if it did, and which it reports. */
  setPort(name: string, port: number): Promise<void>;
  /** Leaves the process out of the answer. */
  drop(name: string): void;
  /** Lists the process in the answer again. */
  list(name: string): void;
  /** Adds a process after the others; it listens when the node runs. */
  addProcess(process: ProcessOptions): Promise<void>;
  /** Ends a process and forgets it. */
  removeProcess(name: string): Promise<void>;
}

/** The processes of a node, by name in the order of the answer. */
export interface ProcessTable {
  readonly processes: Map<string, StandInProcess>;
  /** Throws when there is one of that name. */
  add(options: ProcessOptions): StandInProcess;
  /** Makes a process listen, unless the node is stopped. */
  open(process: StandInProcess): Promise<void>;
}

/** Makes the controls of a table of processes. */
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
