import type { ConnectResult, HealthResult, ProbeTiming } from '../../src/domain/evidence.ts';
import type { DeclaredProcess, GenesisNode } from '../../src/domain/node.ts';
import type { ProcessReport } from '../../src/domain/process-report.ts';

/** A node with the default rules on 10.0.0.5: loop every 15 s, stale after 45 s. */
export function aNode(changes: Partial<GenesisNode> = {}): GenesisNode {
  return {
    name: 'trading-a',
    address: '10.0.0.5',
    cluster: '',
    labels: new Map(),
    healthEnabled: true,
    intervalMs: 15_000,
    staleAfterMs: 45_000,
    forgetAfterMs: 3_600_000,
    connectProcesses: 'declared',
    connectIntervalMs: 15_000,
    healthyStates: new Set(['UP', 'STANDBY']),
    toleratedWith200: new Set(['WARNING']),
    statusAliases: new Map(),
    declared: new Map(),
    homeReadSuccessful: undefined,
    ...changes,
  };
}

/** Declarations by name, each expected and on port 9000 unless changed. */
export function declare(...processes: readonly (Partial<DeclaredProcess> & { readonly name: string })[]) {
  const defaults = {
    host: undefined,
    port: 9000,
    tls: false,
    expected: true,
    external: false,
    group: '',
    primaryOnly: false,
  };
  return new Map<string, DeclaredProcess>(processes.map((process) => [process.name, { ...defaults, ...process }]));
}

/** A row that says UP on port 9000 unless changed. */
export function aReport(name: string, changes: Partial<ProcessReport> = {}): ProcessReport {
  return { name, status: 'UP', state: 'UP', message: '', port: 9000, lmdb: [], ...changes };
}

/** A probe sent at `startedMs` that took 10 ms; the wall clock runs a million ahead of the monotonic one. */
export function timing(startedMs: number): ProbeTiming {
  return { startedMs, finishedAtMs: startedMs + 1_000_010, durationMs: 10 };
}

/** A good answer with code 200. */
export function good(startedMs: number, ...processes: readonly ProcessReport[]): HealthResult {
  return { kind: 'good', statusCode: 200, report: { processes, rejectedRows: 0 }, timing: timing(startedMs) };
}

/** A good answer with code 503. */
export function good503(startedMs: number, ...processes: readonly ProcessReport[]): HealthResult {
  return { kind: 'good', statusCode: 503, report: { processes, rejectedRows: 0 }, timing: timing(startedMs) };
}

/** A health probe that was refused. */
export function failed(startedMs: number): HealthResult {
  const detail = 'connect 10.0.0.5:4569 refused';
  return { kind: 'failed', reason: 'refused', detail, statusCode: undefined, timing: timing(startedMs) };
}

/** A connect probe to port 9000 of the node's address. */
export function connected(startedMs: number, outcome: ConnectResult['outcome'], port = 9000): ConnectResult {
  return { host: '10.0.0.5', port, outcome, detail: '', certNotAfterMs: undefined, timing: timing(startedMs) };
}
