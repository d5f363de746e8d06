import { formatHostPort } from '../domain/target-address.ts';
import { connectTiming, moduleRules, resolveNode } from './node-settings.ts';
import { moduleUrl, withUrlUser } from './node-target.ts';
import type { Config, NodeSettings } from './settings.ts';

/**
 * A node for one probe of a target that is not configured. Its name is `host:port`; it declares no processes and gets no connect
 * probes. Undefined when the module does not exist.
 */
export function adHocNode(config: Config, moduleName: string, host: string, port: number): NodeSettings | undefined {
  const module = config.modules.get(moduleName);
  if (module === undefined) return undefined;
  const settings = resolveNode(
    { name: formatHostPort(host, port), health_url: moduleUrl(module, host, port), module: moduleName },
    { timing: config.timing, modules: config.modules, defaultModule: module },
    [],
    // Problems are ignored: they concern nodes in the loop, which must have something to probe.
    { resolveFile: String, report: () => {} },
  );
  return { ...settings, node: { ...settings.node, connectProcesses: 'none' } };
}

/**
 * A node with the rules of another module. The node keeps its timing, its `health_url` and the user in this URL.
 * Undefined when the module does not exist.
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
