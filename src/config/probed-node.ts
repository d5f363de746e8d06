import { formatHostPort } from '../domain/target-address.ts';
import { connectTiming, moduleRules, resolveNode } from './node-settings.ts';
import { moduleUrl, withUrlUser } from './node-target.ts';
import type { Config, NodeSettings } from './settings.ts';

/**
 * A node for one look at a health endpoint that no configuration names, called `host:port`: it has no processes of its own
 * and gets no connect probes. Undefined when there is no such module.
 */
export function adHocNode(config: Config, moduleName: string, host: string, port: number): NodeSettings | undefined {
  const module = config.modules.get(moduleName);
  if (module === undefined) return undefined;
  const settings = resolveNode(
    { name: formatHostPort(host, port), health_url: moduleUrl(module, host, port), module: moduleName },
    { timing: config.timing, modules: config.modules, defaultModule: module },
    [],
    // What a module asks of nodes in the loop, such as processes to connect to, is not asked here.
    { resolveFile: String, report: () => {} },
  );
  return { ...settings, node: { ...settings.node, connectProcesses: 'none' } };
}

/**
 * A node as another module would probe and judge it, in its own timing: a health URL of its own, and the user in it, stay.
 * Undefined when there is no such module.
 */
export function withModule(config: Config, settings: NodeSettings, moduleName: string): NodeSettings | undefined {
  const module = config.modules.get(moduleName);
  if (module === undefined) return undefined;
  const { node, health, urlUser, isHealthPortDefault, homeHealthPort } = settings;
  const connect = connectTiming(module, node.intervalMs);
  return {
    ...settings,
    node: { ...node, ...moduleRules(module), connectIntervalMs: connect.intervalMs },
    health: {
      ...health,
      url: isHealthPortDefault ? moduleUrl(module, node.address, homeHealthPort) : health.url,
      maxBodyBytes: module.maxBodyBytes,
      maxProcesses: module.maxProcesses,
      http: withUrlUser(module.http, urlUser),
    },
    connectTimeoutMs: connect.timeoutMs,
    module: moduleName,
  };
}
