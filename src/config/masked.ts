import { DEFAULTS } from './defaults.ts';
import { formatDuration } from './duration.ts';
import { maskHttp, maskUrl } from './masked-http.ts';
import type { Module } from './module.ts';
import type { GlobalsDocument, ModuleDocument, NodeDocument } from './schema.ts';
import type { Config, NodeSettings } from './settings.ts';
import { resolveTiming, type Timing } from './timing.ts';

/** What a masked configuration is made from: each part as the document has it, with the settings that came of it. */
export interface MaskInput {
  readonly globals: GlobalsDocument;
  readonly maxNodes: number;
  readonly maxConcurrentConnects: number;
  readonly modules: readonly { readonly document: ModuleDocument; readonly module: Module }[];
  readonly nodes: readonly { readonly document: NodeDocument; readonly settings: NodeSettings }[];
}

/** The configuration in the words of its file: defaults filled in, secrets masked. */
export function maskConfig({ globals, maxNodes, maxConcurrentConnects, modules, nodes }: MaskInput): Config['masked'] {
  return {
    ...maskTiming(resolveTiming({}, globals)),
    max_nodes: maxNodes,
    max_concurrent_connects: maxConcurrentConnects,
    modules: Object.fromEntries(modules.map(({ document, module }) => [module.name, maskModule(document, module)])),
    nodes: nodes.map(({ document, settings }) => maskNode(document, settings)),
  };
}

function maskTiming({ intervalMs, timeoutMs, staleAfterMs, forgetAfterMs }: Timing): Record<string, unknown> {
  return {
    scrape_interval: formatDuration(intervalMs),
    scrape_timeout: formatDuration(timeoutMs),
    stale_after: formatDuration(staleAfterMs),
    forget_after: formatDuration(forgetAfterMs),
  };
}

function maskModule({ health = {} }: ModuleDocument, module: Module): Record<string, unknown> {
  const { connectIntervalMs, connectTimeoutMs = DEFAULTS.connectTimeoutMs } = module;
  return {
    health: {
      enabled: module.healthEnabled,
      scheme: module.scheme,
      port: module.port,
      path: maskUrl(module.path),
      max_body_bytes: formatBytes(module.maxBodyBytes),
      max_processes: module.maxProcesses,
      ...maskHttp(health),
    },
    connect: {
      processes: module.connectProcesses,
      timeout: formatDuration(Math.min(connectTimeoutMs, connectIntervalMs ?? connectTimeoutMs)),
      ...(connectIntervalMs !== undefined && { interval: formatDuration(connectIntervalMs) }),
    },
    healthy_states: [...module.healthyStates],
    tolerate_with_200: [...module.toleratedWith200],
    status_aliases: Object.fromEntries(module.statusAliases),
  };
}

function maskNode(document: NodeDocument, { node, health }: NodeSettings): Record<string, unknown> {
  const { intervalMs, staleAfterMs, forgetAfterMs } = node;
  return {
    name: node.name,
    address: node.address,
    health_url: maskUrl(document.health_url ?? health.url),
    module: document.module ?? DEFAULTS.module,
    ...maskTiming({ intervalMs, timeoutMs: health.timeoutMs, staleAfterMs, forgetAfterMs }),
    ...(node.cluster !== '' && { cluster: node.cluster }),
    ...(node.labels.size > 0 && { labels: Object.fromEntries(node.labels) }),
    ...(document.processes !== undefined && { processes: document.processes }),
  };
}

function formatBytes(bytes: number): string | number {
  return bytes % 1024 ** 2 === 0 ? `${bytes / 1024 ** 2}MiB` : bytes;
}
