import type { ConnectChoice } from '../domain/node.ts';
import type { ProcessState } from '../domain/process-state.ts';

const CONNECT_PROCESSES: ConnectChoice = 'declared';
const HEALTHY_STATES: readonly ProcessState[] = ['UP', 'STANDBY'];
const TOLERATED_WITH_200: readonly ProcessState[] = ['WARNING'];
const STATUS_ALIASES: Readonly<Record<string, ProcessState>> = { HEALTHY: 'UP', RUNNING: 'STARTING', MISSING: 'DOWN' };

/** What holds where a configuration says nothing; durations are milliseconds. */
export const DEFAULTS = {
  intervalMs: 15_000,
  /** Shorter for a node whose interval is shorter. */
  timeoutMs: 5_000,
  staleAfterIntervals: 3,
  forgetAfterMs: 3_600_000,
  maxNodes: 5_000,
  maxConcurrentConnects: 256,
  module: 'default',
  healthUrl: 'http://127.0.0.1:4569/health/status',
  /** Where a node with a Genesis home is that has no address of its own. */
  homeAddress: '127.0.0.1',
  scheme: 'http',
  port: 4569,
  path: '/health/status',
  maxBodyBytes: 8 * 1024 ** 2,
  maxProcesses: 1_000,
  authorizationType: 'Bearer',
  connectProcesses: CONNECT_PROCESSES,
  /** Shorter for processes whose interval is shorter. */
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
