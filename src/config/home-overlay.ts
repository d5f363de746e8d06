import type { HomeReading } from '../domain/home-reading.ts';
import type { NodeSettings } from './settings.ts';

/**
 * A node with what its Genesis home says: the processes declared there, each replaced by the one that the configuration itself
 * declares under its name, and the health port unless the node has a URL of its own.
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
