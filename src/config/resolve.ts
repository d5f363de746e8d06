import { DEFAULTS } from './defaults.ts';
import { maskConfig } from './masked.ts';
import { type Module, resolveModule } from './module.ts';
import { resolveNode } from './node-settings.ts';
import { type Problem, quote } from './problem.ts';
import type { GlobalsDocument, ModuleDocument, NodeDocument } from './schema.ts';
import type { Resolving } from './secret.ts';
import type { Config } from './settings.ts';

/** A document whose parts each have the right shape; what is wrong in itself has been left out. */
export interface ConfigDocument {
  readonly globals: GlobalsDocument;
  readonly modules: ReadonlyMap<string, ModuleDocument>;
  /** Undefined where nothing of a node could be read. */
  readonly nodes: readonly (NodeDocument | undefined)[];
}

/** A configuration, to be used only when it has no problems. */
export interface ResolvedConfig {
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** Fills in every default and finds all that contradicts itself. */
export function resolveConfig(document: ConfigDocument, resolveFile: Resolving['resolveFile']): ResolvedConfig {
  const problems: Problem[] = [];
  const resolving: Resolving = { resolveFile, report: (problem) => problems.push(problem) };
  const { globals } = document;
  const maxNodes = globals.max_nodes ?? DEFAULTS.maxNodes;
  const maxConcurrentConnects = globals.max_concurrent_connects ?? DEFAULTS.maxConcurrentConnects;
  const resolve = (name: string) => resolveModule(name, document.modules.get(name) ?? {}, resolving);
  const defaultModule = resolve(DEFAULTS.module);
  const modules = new Map<string, Module>([[DEFAULTS.module, defaultModule]]);
  for (const name of document.modules.keys()) if (!modules.has(name)) modules.set(name, resolve(name));

  reportNodes(document.nodes, maxNodes, resolving);
  const nodes = document.nodes.flatMap((node, index) => {
    if (node === undefined) return [];
    const settings = resolveNode(node, { globals, modules, defaultModule }, ['nodes', index], resolving);
    return [{ document: node, settings }];
  });
  const masked = maskConfig({
    globals,
    maxNodes,
    maxConcurrentConnects,
    modules: [...modules].map(([name, module]) => ({ document: document.modules.get(name) ?? {}, module })),
    nodes,
  });
  return {
    config: { nodes: nodes.map(({ settings }) => settings), maxNodes, maxConcurrentConnects, masked },
    problems,
  };
}

function reportNodes(nodes: ConfigDocument['nodes'], maxNodes: number, { report }: Resolving): void {
  if (nodes.length === 0) report({ path: ['nodes'], message: 'expected at least one node' });
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
