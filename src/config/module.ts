import { PROCESS_STATES, type ProcessState } from '../domain/process-state.ts';
import { DEFAULTS } from './defaults.ts';
import { formatDuration } from './duration.ts';
import { resolveHttp } from './http-options.ts';
import { type Path, quote } from './problem.ts';
import type { ModuleDocument } from './schema.ts';
import type { HttpResolving, Resolving } from './secret.ts';
import type { Module } from './settings.ts';

/** Fills in the defaults of a module and reports contradictions. */
export function resolveModule(name: string, document: ModuleDocument, resolving: HttpResolving): Module {
  const at = ['modules', name];
  const { health = {}, connect = {}, healthy_states: healthyStates = DEFAULTS.healthyStates } = document;
  if (healthyStates.includes('UNKNOWN')) {
    const message = 'expected no UNKNOWN: what is not known cannot be healthy';
    resolving.report({ path: [...at, 'healthy_states'], message });
  }
  const module: Module = {
    name,
    healthEnabled: health.enabled ?? true,
    scheme: health.scheme ?? DEFAULTS.scheme,
    port: health.port ?? DEFAULTS.port,
    path: health.path ?? DEFAULTS.path,
    maxBodyBytes: health.max_body_bytes ?? DEFAULTS.maxBodyBytes,
    maxProcesses: health.max_processes ?? DEFAULTS.maxProcesses,
    http: resolveHttp(health, [...at, 'health'], resolving),
    connectProcesses: connect.processes ?? DEFAULTS.connectProcesses,
    connectTimeoutMs: connect.timeout,
    connectIntervalMs: connect.interval,
    healthyStates: new Set(healthyStates),
    toleratedWith200: new Set(document.tolerate_with_200 ?? DEFAULTS.toleratedWith200),
    statusAliases: resolveAliases(
      document.status_aliases ?? DEFAULTS.statusAliases,
      [...at, 'status_aliases'],
      resolving,
    ),
  };
  reportConnect(module, [...at, 'connect'], resolving);
  return module;
}

function resolveAliases(
  document: Readonly<Record<string, ProcessState>>,
  at: Path,
  { report }: Resolving,
): ReadonlyMap<string, ProcessState> {
  const aliases = new Map<string, ProcessState>();
  for (const [given, state] of Object.entries(document)) {
    const word = given.toUpperCase();
    const path = [...at, given];
    if (PROCESS_STATES.some((known) => known === word)) {
      report({ path, message: 'expected another word than the seven states', atKey: true });
    }
    if (aliases.has(word)) report({ path, message: `expected ${quote(word)} once, whatever its case`, atKey: true });
    aliases.set(word, state);
  }
  return aliases;
}

function reportConnect(module: Module, at: Path, { report }: Resolving): void {
  const { connectTimeoutMs: timeoutMs, connectIntervalMs: intervalMs } = module;
  if (timeoutMs !== undefined && intervalMs !== undefined && timeoutMs > intervalMs) {
    const [expected, got] = [formatDuration(intervalMs), formatDuration(timeoutMs)];
    report({ path: [...at, 'timeout'], message: `expected at most the interval (${expected}), got ${got}` });
  }
  if (!module.healthEnabled && module.connectProcesses === 'none') {
    const message = 'expected declared or all, since health is off, got none';
    report({ path: [...at, 'processes'], message });
  }
}
