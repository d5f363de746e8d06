import type { HomeReading } from '../domain/home-reading.ts';
import { type DiscoveredTarget, discoveredNode } from './discovered-node.ts';
import { quote } from './problem.ts';
import type { Config, NodeSettings } from './settings.ts';

/**
 * Adds what the Genesis home of a node declares: its processes, and the health port unless the node has a `health_url`.
 * A process in the configuration replaces the process of the same name in the home.
 */
export function withHome(settings: NodeSettings, reading: HomeReading): NodeSettings {
  const { node, health, isHealthPortDefault } = settings;
  const { isSuccessful, processes, healthPort } = reading;
  const declared = new Map(processes.map((process) => [process.name, process]));
  for (const [name, process] of node.declared) declared.set(name, process);
  return {
    ...settings,
    node: { ...node, declared, homeReadSuccessful: isSuccessful },
    health: { ...health, url: isHealthPortDefault ? withPort(health.url, healthPort) : health.url },
    homeHealthPort: healthPort,
  };
}

function withPort(text: string, port: number | undefined): string {
  if (port === undefined) return text;
  const url = new URL(text);
  url.port = String(port);
  return url.href;
}

/** The nodes to watch at one moment, and one line per problem of the nodes that were left out. */
export interface AssembledNodes {
  readonly nodes: readonly NodeSettings[];
  readonly problems: readonly string[];
}

/**
 * All nodes in order: first the configured nodes, then the targets of file, HTTP and DNS sources. If two nodes have the same name,
 * the first one stays. Discovered nodes beyond `maxNodes` are left out.
 */
export function assembleNodes(
  config: Config,
  discovered: ReadonlyMap<string, readonly DiscoveredTarget[]>,
  homes: ReadonlyMap<string, HomeReading>,
): AssembledNodes {
  const nodes = new Map(config.nodes.map((settings) => [settings.node.name, withItsHome(settings, homes)]));
  const problems: string[] = [];
  let beyondMax = 0;
  for (const { source } of [...config.fileSd, ...config.httpSd, ...config.dnsSd]) {
    for (const target of discovered.get(source) ?? []) {
      const found = discoveredNode(config, target);
      if (found.kind === 'refused') problems.push(`${source}: ${found.problem}`);
      else if (nodes.has(found.settings.node.name)) problems.push(`${source}: ${describeTwin(target, found.settings)}`);
      else if (nodes.size >= config.maxNodes) beyondMax += 1;
      else nodes.set(found.settings.node.name, found.settings);
    }
  }
  if (beyondMax > 0) problems.push(`max_nodes (${config.maxNodes}) is reached: nodes left out: ${beyondMax}`);
  return { nodes: [...nodes.values()], problems };
}

function withItsHome(settings: NodeSettings, homes: ReadonlyMap<string, HomeReading>): NodeSettings {
  const { genesisHome } = settings;
  const reading = genesisHome === undefined ? undefined : homes.get(genesisHome);
  return reading === undefined ? settings : withHome(settings, reading);
}

function describeTwin({ address }: DiscoveredTarget, { node }: NodeSettings): string {
  return `target ${quote(address)}: expected a name of its own, got ${quote(node.name)} again`;
}
