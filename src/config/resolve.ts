import { DEFAULTS } from './defaults.ts';
import { resolveDnsSd, resolveFileSd, resolveHttpSd } from './discovery-options.ts';
import { resolveMaintenance } from './maintenance-options.ts';
import { maskConfig } from './masked.ts';
import { resolveModule } from './module.ts';
import { resolveNode } from './node-settings.ts';
import { resolveProbe } from './probe-options.ts';
import { type Problem, quote } from './problem.ts';
import type { GlobalsDocument, ModuleDocument, NodeDocument } from './schema.ts';
import type { DnsSdDocument, FileSdDocument, HttpSdDocument, ProbeDocument } from './schema-discovery.ts';
import type { MaintenanceDocument } from './schema-maintenance.ts';
import type { HttpResolving, Resolving } from './secret.ts';
import type { Config, Module } from './settings.ts';
import { timingProblems } from './timing.ts';

/** A document whose parts have the right shape, without the values that were wrong. */
export interface ConfigDocument {
  readonly globals: GlobalsDocument;
  readonly modules: ReadonlyMap<string, ModuleDocument>;
  /** In all lists here, an item is undefined when nothing of it is valid. */
  readonly nodes: readonly (NodeDocument | undefined)[];
  readonly fileSd: readonly (FileSdDocument | undefined)[];
  readonly httpSd: readonly (HttpSdDocument | undefined)[];
  readonly dnsSd: readonly (DnsSdDocument | undefined)[];
  readonly probe: ProbeDocument;
  readonly maintenance: readonly (MaintenanceDocument | undefined)[];
}

/** A configuration. Use it only when there are no problems. */
export interface ResolvedConfig {
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** Fills in all defaults and finds all contradictions. */
export function resolveConfig(document: ConfigDocument, surroundings: Omit<HttpResolving, 'report'>): ResolvedConfig {
  const problems: Problem[] = [];
  const resolving: HttpResolving = { ...surroundings, report: (problem) => problems.push(problem) };
  const { globals } = document;
  const maxNodes = globals.max_nodes ?? DEFAULTS.maxNodes;
  const maxConcurrentConnects = globals.max_concurrent_connects ?? DEFAULTS.maxConcurrentConnects;
  const resolve = (name: string) => resolveModule(name, document.modules.get(name) ?? {}, resolving);
  const defaultModule = resolve(DEFAULTS.module);
  const modules = new Map<string, Module>([[DEFAULTS.module, defaultModule]]);
  for (const name of document.modules.keys()) if (!modules.has(name)) modules.set(name, resolve(name));

  reportNoNodes(document, resolving);
  reportNodes(document.nodes, maxNodes, resolving);
  // Discovered nodes and targets of /probe use the timing for all nodes, so it is checked here.
  if (findsNodes(document)) for (const problem of timingProblems({}, globals, [])) resolving.report(problem);
  const nodes = resolveItems(document.nodes, (node, index) =>
    resolveNode(node, { timing: globals, modules, defaultModule }, ['nodes', index], resolving),
  );
  const fileSd = resolveItems(document.fileSd, (source, index) => resolveFileSd(source, index, resolving));
  const httpSd = resolveItems(document.httpSd, (source, index) => resolveHttpSd(source, index, resolving));
  const dnsSd = resolveItems(document.dnsSd, (source, index) => resolveDnsSd(source, index, resolving));
  const config = {
    nodes: nodes.map(({ settings }) => settings),
    fileSd: fileSd.map(({ settings }) => settings),
    httpSd: httpSd.map(({ settings }) => settings),
    dnsSd: dnsSd.map(({ settings }) => settings),
    maintenance: resolveItems(document.maintenance, (window, index) =>
      resolveMaintenance(window, index, resolving),
    ).map(({ settings }) => settings),
    probe: resolveProbe(document.probe, modules, resolving),
    modules,
    timing: globals,
    maxNodes,
    maxConcurrentConnects,
  };
  const moduleParts = [...modules].map(([name, module]) => ({ document: document.modules.get(name) ?? {}, module }));
  const masked = maskConfig({ config, modules: moduleParts, nodes, fileSd, httpSd, dnsSd });
  return { config: { ...config, masked }, problems };
}

/** A part of the document with its settings. */
export interface Resolved<D, S> {
  readonly document: D;
  readonly settings: S;
}

function resolveItems<D, S>(
  items: readonly (D | undefined)[],
  resolve: (document: D, index: number) => S,
): readonly Resolved<D, S>[] {
  return items.flatMap((document, index) =>
    document === undefined ? [] : [{ document, settings: resolve(document, index) }],
  );
}

/** Whether discovery or `/probe` can add nodes to the configured ones. */
function findsNodes({ fileSd, httpSd, dnsSd, probe }: ConfigDocument): boolean {
  return fileSd.length + httpSd.length + dnsSd.length > 0 || (probe.allowed_targets ?? []).length > 0;
}

function reportNoNodes(document: ConfigDocument, { report }: Resolving): void {
  if (document.nodes.length > 0 || findsNodes(document)) return;
  const from = [['nodes'], ['file_sd_configs'], ['http_sd_configs'], ['dns_sd_configs'], ['probe', 'allowed_targets']];
  const message =
    'expected at least one node, file_sd_configs, http_sd_configs, dns_sd_configs or probe.allowed_targets';
  report({ path: ['nodes'], message, from });
}

function reportNodes(nodes: ConfigDocument['nodes'], maxNodes: number, { report }: Resolving): void {
  if (nodes.length > maxNodes) {
    const message = `expected at most max_nodes (${maxNodes}) nodes, got ${nodes.length}`;
    report({ path: ['nodes'], message, from: [['max_nodes']] });
  }
  const seen = new Map<string, number>();
  for (const [index, node] of nodes.entries()) {
    if (node === undefined) continue;
    const earlier = seen.get(node.name);
    if (earlier === undefined) seen.set(node.name, index);
    else {
      const message = `expected a name of its own, got ${quote(node.name)}, the name of nodes[${earlier}]`;
      report({ path: ['nodes', index, 'name'], message });
    }
  }
}
