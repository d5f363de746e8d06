import type { GenesisNode } from '../domain/node.ts';
import { reportNothingToProbe, resolveProcesses } from './declared-processes.ts';
import { DEFAULTS } from './defaults.ts';
import { formatDuration } from './duration.ts';
import { reportTwoUsers, resolveTarget, urlUserOf, withUrlUser } from './node-target.ts';
import { type Path, quote } from './problem.ts';
import type { NodeDocument } from './schema.ts';
import type { Resolving } from './secret.ts';
import type { Module, NodeSettings } from './settings.ts';
import { resolveTiming, type TimingDocument, timingProblems } from './timing.ts';

/** What nodes refer to: the timing for all nodes, and all modules by name, including `default`. */
export interface NodeContext {
  readonly timing: TimingDocument;
  readonly modules: ReadonlyMap<string, Module>;
  /** The module of a node without `module`. */
  readonly defaultModule: Module;
}

interface ConnectTiming {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** The settings of the node at `at`. They do not contain its home yet: `withHome` adds it. */
export function resolveNode(
  document: NodeDocument,
  context: NodeContext,
  at: Path,
  resolving: Resolving,
): NodeSettings {
  const module = findModule(document, context, at, resolving);
  const timing = resolveTiming(document, context.timing);
  for (const problem of timingProblems(document, context.timing, at)) resolving.report(problem);
  const target = resolveTarget(document, module, at, resolving);
  const urlUser = urlUserOf(target);
  reportTwoUsers(target, module.http, 'the module has', [...at, 'health_url'], resolving);
  const declared = resolveProcesses(document, at, resolving);
  const home = document.genesis_home;
  // The home may declare processes, but it has not been read yet.
  if (home === undefined) reportNothingToProbe(module, declared, at, resolving);
  const connect = resolveConnect(document, module, timing.intervalMs, at, resolving);
  return {
    node: {
      name: document.name,
      address: document.address ?? target.host,
      cluster: document.cluster ?? '',
      labels: new Map(Object.entries(document.labels ?? {})),
      intervalMs: timing.intervalMs,
      staleAfterMs: timing.staleAfterMs,
      forgetAfterMs: timing.forgetAfterMs,
      connectIntervalMs: connect.intervalMs,
      ...moduleRules(module),
      declared,
      homeReadSuccessful: undefined,
    },
    health: {
      url: target.url,
      timeoutMs: timing.timeoutMs,
      maxBodyBytes: module.maxBodyBytes,
      maxProcesses: module.maxProcesses,
      http: withUrlUser(module.http, urlUser),
    },
    connectTimeoutMs: connect.timeoutMs,
    module: module.name,
    urlUser,
    genesisHome: home === undefined ? undefined : resolving.resolveFile(home),
    isHealthPortDefault: document.health_url === undefined,
    homeHealthPort: undefined,
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

/** The rules that a node takes from its module without change. */
export function moduleRules(
  module: Module,
): Pick<GenesisNode, 'healthEnabled' | 'connectProcesses' | 'healthyStates' | 'toleratedWith200' | 'statusAliases'> {
  const { healthEnabled, connectProcesses, healthyStates, toleratedWith200, statusAliases } = module;
  return { healthEnabled, connectProcesses, healthyStates, toleratedWith200, statusAliases };
}

/** Interval and timeout of connect probes on a node with `nodeIntervalMs`; milliseconds. */
export function connectTiming(module: Module, nodeIntervalMs: number): ConnectTiming {
  const intervalMs = module.connectIntervalMs ?? nodeIntervalMs;
  return { intervalMs, timeoutMs: module.connectTimeoutMs ?? Math.min(DEFAULTS.connectTimeoutMs, intervalMs) };
}

function resolveConnect(
  document: NodeDocument,
  module: Module,
  nodeIntervalMs: number,
  at: Path,
  { report }: Resolving,
): ConnectTiming {
  const { intervalMs, timeoutMs } = connectTiming(module, nodeIntervalMs);
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
