import { SECURE_PROCESS } from './member.ts';
import { TIMING } from './timing.ts';

/** What a node of the configuration is made from. */
export interface ConfigNode {
  readonly name: string;
  readonly healthUrl: string;
  /** Ports of processes that are declared, by name; without any the exporter connects to all that are reported. */
  readonly declaredPorts: ReadonlyMap<string, number>;
  /** Changes whenever the node is to be another in the eyes of a reload. */
  readonly edition: number;
}

/** The exporter's configuration, as JSON, which is YAML too. */
export function soakConfig(nodes: readonly ConfigNode[]): string {
  const connect = { timeout: `${TIMING.timeoutMs}ms` };
  return JSON.stringify({
    scrape_interval: `${TIMING.intervalMs}ms`,
    scrape_timeout: `${TIMING.timeoutMs}ms`,
    stale_after: `${TIMING.staleAfterMs}ms`,
    modules: {
      default: { connect: { ...connect, processes: 'declared' } },
      undeclared: { connect: { ...connect, processes: 'all' } },
    },
    nodes: nodes.map(({ name, healthUrl, declaredPorts, edition }) => ({
      name,
      health_url: healthUrl,
      module: declaredPorts.size > 0 ? 'default' : 'undeclared',
      labels: { edition: String(edition) },
      processes: [...declaredPorts].map(([process, port]) => ({
        name: process,
        port,
        tls: process === SECURE_PROCESS,
      })),
    })),
  });
}
