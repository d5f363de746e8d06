import type { ConnectChoice } from '../domain/node.ts';
import type { ProcessState } from '../domain/process-state.ts';

const CONNECT_PROCESSES: ConnectChoice = 'declared';
const HEALTHY_STATES: readonly ProcessState[] = ['UP', 'STANDBY'];
const TOLERATED_WITH_200: readonly ProcessState[] = ['WARNING'];
const STATUS_ALIASES: Readonly<Record<string, ProcessState>> = { HEALTHY: 'UP', RUNNING: 'STARTING', MISSING: 'DOWN' };

/** Default values of the configuration; durations are milliseconds. */
export const DEFAULTS = {
  intervalMs: 15_000,
  /** A node with a shorter interval has its interval as timeout. */
  timeoutMs: 5_000,
  staleAfterIntervals: 3,
  forgetAfterMs: 3_600_000,
  maxNodes: 5_000,
  maxConcurrentConnects: 256,
  module: 'default',
  healthUrl: 'http://127.0.0.1:4569/health/status',
  /** Address of a node with a Genesis home and without `address` and `health_url`. */
  homeAddress: '127.0.0.1',
  scheme: 'http',
  port: 4569,
  path: '/health/status',
  maxBodyBytes: 8 * 1024 ** 2,
  maxProcesses: 1_000,
  authorizationType: 'Bearer',
  connectProcesses: CONNECT_PROCESSES,
  /** Processes with a shorter interval have their interval as timeout. */
  connectTimeoutMs: 3_000,
  healthyStates: HEALTHY_STATES,
  toleratedWith200: TOLERATED_WITH_200,
  statusAliases: STATUS_ALIASES,
  fileSdIntervalMs: 30_000,
  httpSdIntervalMs: 60_000,
  dnsSdIntervalMs: 30_000,
  dnsRecordType: 'SRV',
  probeMinIntervalMs: 5_000,
} as const;
