import { createOwnMetrics } from '../collector/own-metrics.ts';
import { createMetricsPage } from '../collector/page.ts';
import type { Config } from '../config/settings.ts';
import { toYaml } from '../config/to-yaml.ts';
import { createEvidenceClock } from '../domain/clock.ts';
import type { HistorySource } from '../domain/history.ts';
import type { Log } from '../domain/log.ts';
import { createMaintenance } from '../domain/maintenance.ts';
import type { HomeSurroundings } from '../genesis/home.ts';
import { createApp } from '../http/app.ts';
import { createRequestGate } from '../http/limits-gate.ts';
import { listenAll } from '../http/listen.ts';
import type { ListenAddress } from '../http/listen-address.ts';
import { readPageAssets } from '../http/page-assets.ts';
import type { WebConfigWatch } from '../http/web-config-watch.ts';
import { compareBcrypt, createUserVerifier } from '../http/web-users.ts';
import { createHostLookup, lookupWithin } from '../prober/host-lookup.ts';
import { createLimiter } from '../prober/limiter.ts';
import { createScrapeManager } from '../scrape/scrape-manager.ts';
import { createSnapshotStore } from '../scrape/snapshot-store.ts';
import type { BuildInfo } from './build-info.ts';
import { openHistory, type StorageOptions } from './history.ts';
import { createNodeSet } from './node-set.ts';
import { createProbeService } from './probe-service.ts';
import { createProbers } from './probers.ts';
import { createReloader, type Reload } from './reloader.ts';
import { SYSTEM_CLOCK } from './system-clock.ts';
import { createWatchers } from './watchers.ts';

/** Options of an exporter. */
export interface ExporterOptions {
  readonly config: Config;
  /** Reads the configuration again; rejects with a ConfigError if it is not valid. */
  readonly loadConfig: () => Promise<Config>;
  readonly addresses: readonly ListenAddress[];
  readonly telemetryPath: string;
  /** The prefix of all routes, such as `/genesis`; empty for the root. */
  readonly routePrefix: string;
  /** The external URL of the exporter, with a slash at the end; undefined if it is not configured. */
  readonly externalUrl: string | undefined;
  /** URL prefix of the runbooks; the name of a page follows. */
  readonly runbooks: string;
  /** The web configuration file; undefined for plain HTTP without users. */
  readonly webConfig: WebConfigWatch | undefined;
  /** Paths that need no user. */
  readonly authExemptPaths: readonly string[];
  /** Most requests of `/metrics` and `/probe` at once; 0 for no limit. */
  readonly maxRequests: number;
  /** How much earlier than Prometheus' own deadline `/probe` answers. */
  readonly timeoutOffsetMs: number;
  /** Whether `/-/reload` is allowed. */
  readonly isLifecycleEnabled: boolean;
  /** The environment for reading Genesis homes. */
  readonly surroundings: HomeSurroundings;
  /** The store; undefined keeps the memory only while the program runs. */
  readonly storage?: StorageOptions | undefined;
  /** Changes the history before readers use it, for example in the demo. */
  readonly withHistory?: (history: HistorySource) => HistorySource;
  readonly buildInfo: BuildInfo;
  readonly log: Log;
}

/** A running exporter. */
export interface Exporter {
  readonly urls: readonly string[];
  /** Reloads the configuration. If it is not valid, returns its problems and keeps the old one. */
  readonly reload: Reload;
  /** Finishes running requests and resolves within 5 s. */
  stop(): Promise<void>;
}

// In the bundle all chunks are in the folder that contains `page`.
const PAGE_FOLDER = new URL('./page/', import.meta.url);
const LOOKUP_TIMEOUT_MS = 10_000;

/** Starts to listen and to probe; rejects when an address is not available. */
export async function startExporter(options: ExporterOptions): Promise<Exporter> {
  const { addresses, telemetryPath, routePrefix, externalUrl, runbooks, webConfig, buildInfo, log } = options;
  const clock = SYSTEM_CLOCK;
  const evidenceClock = createEvidenceClock(clock);
  const startedAtMs = clock.wallMs();
  const lookup = createHostLookup();
  let { config } = options;
  let isDraining = false;

  const ownMetrics = createOwnMetrics({
    clock,
    ...buildInfo,
    nodes: () => store.views().length,
    heartbeatMs: () => manager.heartbeat().wallMs,
    storage: () => history.health?.(),
    maintenance: () =>
      maintenance.isPlanned
        ? store.views().map(({ snapshot: { node } }) => [node.name, maintenance.at(node, clock.wallMs()) !== undefined])
        : [],
  });
  const onInternalError = ownMetrics.countInternalError;
  const limiter = createLimiter(config.maxConcurrentConnects);
  const probers = createProbers({ clock: evidenceClock, limiter, lookup, version: buildInfo.version, onInternalError });
  const history = await openHistory(options.storage, { snapshots: () => store, clock: evidenceClock, log });
  const store = createSnapshotStore({ clock: evidenceClock, ...history.hooks });
  const onMissedTicks = ownMetrics.countMissedTicks;
  const manager = createScrapeManager({ store, probers, clock, log, onMissedTicks, onInternalError });
  const nodeSet = createNodeSet({
    watchers: createWatchers({
      ...options,
      version: buildInfo.version,
      clock,
      onRefresh: ownMetrics.setDiscoveryRefreshed,
    }),
    log,
    onNodes: manager.apply,
    onSourceGone: ownMetrics.removeDiscovery,
  });
  const probeService = createProbeService({
    config: () => config,
    nodes: nodeSet.nodes,
    probers,
    lookup: lookupWithin(lookup, LOOKUP_TIMEOUT_MS),
    runbooks,
    clock: evidenceClock,
    log,
  });
  let maintenance = createMaintenance(config.maintenance);
  const page = createMetricsPage({
    views: store.views,
    ownMetrics: ownMetrics.render,
    startedSeconds: startedAtMs / 1000,
  });

  async function apply(next: Config): Promise<void> {
    limiter.setMax(next.maxConcurrentConnects);
    await nodeSet.apply(next);
    config = next;
    maintenance = createMaintenance(next.maintenance);
  }
  const onLoaded = ownMetrics.setConfigLoaded;
  const reload = createReloader({ load: options.loadConfig, apply, onLoaded, log });

  const gate = createRequestGate({
    maxRequests: options.maxRequests,
    rateLimit: () => webConfig?.current().rateLimit,
    clock,
  });
  const assets = readPageAssets(PAGE_FOLDER);
  const verifier = createUserVerifier(compareBcrypt);
  const web = webConfig && { current: webConfig.current, verifier, exemptPaths: options.authExemptPaths };

  onLoaded(true);
  const listeners = await listenAll(
    () =>
      createApp({
        clock: evidenceClock,
        log,
        version: buildInfo.version,
        startedAtMs,
        assets,
        telemetryPath,
        routePrefix,
        externalUrl,
        runbooks,
        web,
        gate,
        timeoutOffsetMs: options.timeoutOffsetMs,
        views: store.views,
        maintenance: () => maintenance,
        history: options.withHistory?.(history.source) ?? history.source,
        showsNode: () =>
          config.nodes.length > 1 || config.fileSd.length + config.httpSd.length + config.dnsSd.length > 0,
        metricsPage: page.render,
        readyMetricsPage: page.readyVersion,
        probe: probeService.probe,
        reload,
        isLifecycleEnabled: options.isLifecycleEnabled,
        configYaml: () => toYaml(config.masked),
        heartbeatAgeMs: () => clock.monotonicMs() - manager.heartbeat().monotonicMs,
        isReady: manager.isReady,
        isDraining: () => isDraining,
        observeRequest: ownMetrics.observeRequest,
        onInternalError,
      }),
    addresses,
    webConfig?.current().tls === undefined ? 'http' : 'https',
  ).catch(async (error) => {
    await manager.stop();
    await history.close();
    throw error;
  });
  await nodeSet.apply(config);

  async function stop(): Promise<void> {
    isDraining = true;
    await Promise.all([listeners.drain(), nodeSet.close(), manager.stop(), probeService.stop()]);
    await history.close();
  }

  return { urls: listeners.urls.map((url) => `${url}${routePrefix}`), reload, stop };
}
