import { reportNothingToProbe, resolveProcesses } from './declared-processes.ts';
import { DEFAULTS } from './defaults.ts';
import { formatDuration } from './duration.ts';
import type { Module } from './module.ts';
import { resolveTarget, withUserOf } from './node-target.ts';
import { type Path, quote } from './problem.ts';
import type { GlobalsDocument, NodeDocument } from './schema.ts';
import type { Resolving } from './secret.ts';
import type { NodeSettings } from './settings.ts';
import { resolveTiming, timingProblems } from './timing.ts';

/** What nodes refer to: the settings for all of them, and the modules by name, `default` among them. */
export interface NodeContext {
  readonly globals: GlobalsDocument;
  readonly modules: ReadonlyMap<string, Module>;
  /** The module of nodes that name none. */
  readonly defaultModule: Module;
}

/** The settings of the node at `at`. */
export function resolveNode(
  document: NodeDocument,
  context: NodeContext,
  at: Path,
  resolving: Resolving,
): NodeSettings {
  const module = findModule(document, context, at, resolving);
  const timing = resolveTiming(document, context.globals);
  for (const problem of timingProblems(document, context.globals, at)) resolving.report(problem);
  const target = resolveTarget(document, module, at, resolving);
  const declared = resolveProcesses(document, at, resolving);
  reportNothingToProbe(module, declared, at, resolving);
  const connect = resolveConnect(document, module, timing.intervalMs, at, resolving);
  return {
    node: {
      name: document.name,
      address: document.address ?? target.host,
      cluster: document.cluster ?? '',
      labels: new Map(Object.entries(document.labels ?? {})),
      healthEnabled: module.healthEnabled,
      intervalMs: timing.intervalMs,
      staleAfterMs: timing.staleAfterMs,
      forgetAfterMs: timing.forgetAfterMs,
      connectProcesses: module.connectProcesses,
      connectIntervalMs: connect.intervalMs,
      healthyStates: module.healthyStates,
      toleratedWith200: module.toleratedWith200,
      statusAliases: module.statusAliases,
      declared,
    },
    health: {
      url: target.url,
      timeoutMs: timing.timeoutMs,
      maxBodyBytes: module.maxBodyBytes,
      maxProcesses: module.maxProcesses,
      http: withUserOf(target, module, at, resolving),
    },
    connectTimeoutMs: connect.timeoutMs,
  };
}

function findModule(
  document: NodeDocument,
  { modules, defaultModule }: NodeContext,
  at: Path,
  { report }: Resolving,
): Module {
  const { module: name } = document;
  if (name === undefined) return defaultModule;
  const module = modules.get(name);
  if (module !== undefined) return module;
  const path = [...at, 'module'];
  const known = [...modules.keys()].map(quote).join(', ');
  report({
    path,
    message: `expected the name of a module (${known}), got ${quote(name)}`,
    from: [path, ['modules', name]],
  });
  return defaultModule;
}

function resolveConnect(
  document: NodeDocument,
  module: Module,
  nodeIntervalMs: number,
  at: Path,
  { report }: Resolving,
): { readonly intervalMs: number; readonly timeoutMs: number } {
  const intervalMs = module.connectIntervalMs ?? nodeIntervalMs;
  const timeoutMs = module.connectTimeoutMs ?? Math.min(DEFAULTS.connectTimeoutMs, intervalMs);
  if (module.connectIntervalMs === undefined && timeoutMs > intervalMs) {
    const timeoutPath = ['modules', module.name, 'connect', 'timeout'];
    const path = document.scrape_interval === undefined ? timeoutPath : [...at, 'scrape_interval'];
    const [timeout, interval] = [formatDuration(timeoutMs), formatDuration(intervalMs)];
    const message = `the module's connect timeout (${timeout}) is longer than scrape_interval (${interval})`;
    const from = [
      timeoutPath,
      ['scrape_interval'],
      [...at, 'scrape_interval'],
      ['modules', module.name, 'connect', 'interval'],
    ];
    report({ path, message, from });
  }
  return { intervalMs, timeoutMs };
}
