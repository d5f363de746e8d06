import { DEFAULTS } from './defaults.ts';
import { formatDuration } from './duration.ts';
import { maskMaintenance } from './maintenance-options.ts';
import { maskHttp, maskUrl } from './masked-http.ts';
import type { ModuleDocument, NodeDocument } from './schema.ts';
import type { DnsSdDocument, FileSdDocument, HttpSdDocument } from './schema-discovery.ts';
import type { Config, DnsSdOptions, FileSdOptions, HttpSdOptions, Module, NodeSettings } from './settings.ts';
import { resolveTiming, type Timing } from './timing.ts';

/** Input of `maskConfig`: each part of the document together with its settings. */
export interface MaskInput {
  readonly config: Omit<Config, 'masked'>;
  readonly modules: readonly { readonly document: ModuleDocument; readonly module: Module }[];
  readonly nodes: readonly { readonly document: NodeDocument; readonly settings: NodeSettings }[];
  readonly fileSd: readonly { readonly document: FileSdDocument; readonly settings: FileSdOptions }[];
  readonly httpSd: readonly { readonly document: HttpSdDocument; readonly settings: HttpSdOptions }[];
  readonly dnsSd: readonly { readonly document: DnsSdDocument; readonly settings: DnsSdOptions }[];
}

/** The configuration with the keys of its file, with defaults filled in and secrets masked. */
export function maskConfig({ config, modules, nodes, fileSd, httpSd, dnsSd }: MaskInput): Config['masked'] {
  return {
    ...maskTiming(resolveTiming({}, config.timing)),
    max_nodes: config.maxNodes,
    max_concurrent_connects: config.maxConcurrentConnects,
    modules: Object.fromEntries(modules.map(({ document, module }) => [module.name, maskModule(document, module)])),
    nodes: nodes.map(({ document, settings }) => maskNode(document, settings)),
    file_sd_configs: fileSd.map(({ document, settings }) => ({
      files: document.files,
      refresh_interval: formatDuration(settings.refreshIntervalMs),
    })),
    http_sd_configs: httpSd.map(({ document, settings }) => ({
      url: maskUrl(document.url),
      refresh_interval: formatDuration(settings.refreshIntervalMs),
      ...maskHttp(document),
    })),
    dns_sd_configs: dnsSd.map(({ document, settings }) => ({
      names: settings.names,
      type: settings.type,
      ...(document.port !== undefined && { port: document.port }),
      refresh_interval: formatDuration(settings.refreshIntervalMs),
    })),
    probe: {
      allowed_targets: config.probe.allowedTargets.map(({ text }) => text),
      allow_modules: [...config.probe.allowedModules],
      min_interval: formatDuration(config.probe.minIntervalMs),
    },
    maintenance: config.maintenance.map(maskMaintenance),
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
  const { health_url: url = health.url, genesis_home: home } = document;
  return {
    name: node.name,
    address: node.address,
    // The port may come from the home, which has not been read yet.
    ...((home === undefined || document.health_url !== undefined) && { health_url: maskUrl(url) }),
    module: document.module ?? DEFAULTS.module,
    ...maskTiming({ intervalMs, timeoutMs: health.timeoutMs, staleAfterMs, forgetAfterMs }),
    ...(node.cluster !== '' && { cluster: node.cluster }),
    ...(node.labels.size > 0 && { labels: Object.fromEntries(node.labels) }),
    ...(home !== undefined && { genesis_home: home }),
    ...(document.processes !== undefined && { processes: document.processes }),
  };
}

function formatBytes(bytes: number): string | number {
  return bytes % 1024 ** 2 === 0 ? `${bytes / 1024 ** 2}MiB` : bytes;
}
