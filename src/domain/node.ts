import type { ProcessState, StatusAliases } from './process-state.ts';

/** A process that a configuration declares on a node. */
export interface DeclaredProcess {
  readonly name: string;
  /** Where its port is reached; undefined for the node's own address. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** Whether the port speaks TLS. */
  readonly tls: boolean;
  /** Whether it should run. */
  readonly expected: boolean;
  /** Whether it runs on another server: then it is neither expected nor connected to. */
  readonly external: boolean;
  /** Start group; empty when unknown. */
  readonly group: string;
  /** Whether it runs on the primary node of a cluster alone. */
  readonly primaryOnly: boolean;
}

/** Which processes get a connect probe: those declared, every known one, or none. */
export type ConnectChoice = 'declared' | 'all' | 'none';

/** A Genesis node and the rules its processes are judged by. Durations are milliseconds. */
export interface GenesisNode {
  /** Unique; the `genesis_node` label. */
  readonly name: string;
  /** Host name or IP address of the node. */
  readonly address: string;
  /** The Genesis cluster it belongs to; empty when unknown. */
  readonly cluster: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly healthEnabled: boolean;
  readonly intervalMs: number;
  readonly staleAfterMs: number;
  /** How long a process that dropped out of the answers is still expected. */
  readonly forgetAfterMs: number;
  readonly connectProcesses: ConnectChoice;
  readonly connectIntervalMs: number;
  readonly healthyStates: ReadonlySet<ProcessState>;
  /** States that do not make the node unhealthy while Genesis itself answers 200. */
  readonly toleratedWith200: ReadonlySet<ProcessState>;
  readonly statusAliases: StatusAliases;
  readonly declared: ReadonlyMap<string, DeclaredProcess>;
  /** Whether Genesis' own configuration files were read when last tried; undefined before, and without a Genesis home. */
  readonly homeReadSuccessful: boolean | undefined;
}
