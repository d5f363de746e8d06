import { performance } from 'node:perf_hooks';
import type { BuildInfo } from './build-info.ts';
import { createOwnMetrics } from './collector/own-metrics.ts';
import { createMetricsPage } from './collector/page.ts';
import type { Config } from './config/settings.ts';
import { toYaml } from './config/to-yaml.ts';
import type { Clock } from './domain/clock.ts';
import type { Log } from './domain/log.ts';
import { createApp } from './http/app.ts';
import { type ListenAddress, listenAll } from './http/listen.ts';
import { createConnectProber } from './prober/connect-prober.ts';
import { createHealthProber } from './prober/health-prober.ts';
import { createLimiter } from './prober/limiter.ts';
import type { ProberFactory } from './scrape/node-loop.ts';
import { createScrapeManager } from './scrape/scrape-manager.ts';
import { createSnapshotStore } from './scrape/snapshot-store.ts';

/** What an exporter is made from. */
export interface ExporterOptions {
  readonly config: Config;
  readonly addresses: readonly ListenAddress[];
  readonly telemetryPath: string;
  readonly buildInfo: BuildInfo;
  readonly log: Log;
}

/** A running exporter. */
export interface Exporter {
  readonly urls: readonly string[];
  /** Finishes what is in flight and resolves when nothing is left; within 5 s. */
  stop(): Promise<void>;
}

const SYSTEM_CLOCK: Clock = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };

/** Starts to listen and to probe; rejects when an address can't be had. */
export async function startExporter(options: ExporterOptions): Promise<Exporter> {
  const { config, addresses, telemetryPath, buildInfo, log } = options;
  const clock = SYSTEM_CLOCK;
  let isDraining = false;

  const ownMetrics = createOwnMetrics({
    clock,
    ...buildInfo,
    nodes: () => store.views().length,
    heartbeatMs: () => manager.heartbeat().wallMs,
  });
  const onInternalError = ownMetrics.countInternalError;
  const limiter = createLimiter(config.maxConcurrentConnects);
  const probers: ProberFactory = {
    health: ({ health, node }) =>
      createHealthProber(health, node, { clock, version: buildInfo.version, onInternalError }),
    connect: ({ connectTimeoutMs }) =>
      createConnectProber({ timeoutMs: connectTimeoutMs }, { clock, limiter, onInternalError }),
  };
  const store = createSnapshotStore({ clock });
  const onMissedTicks = ownMetrics.countMissedTicks;
  const manager = createScrapeManager({ store, probers, clock, log, onMissedTicks, onInternalError });
  const page = createMetricsPage({ views: store.views, ownMetrics: ownMetrics.render });

  const listeners = await listenAll(
    () =>
      createApp({
        clock,
        log,
        version: buildInfo.version,
        telemetryPath,
        views: store.views,
        showsNode: () => config.nodes.length > 1,
        metricsPage: page.render,
        configYaml: () => toYaml(config.masked),
        heartbeatMs: () => manager.heartbeat().monotonicMs,
        isReady: manager.isReady,
        isDraining: () => isDraining,
        observeRequest: ownMetrics.observeRequest,
        onInternalError,
      }),
    addresses,
  ).catch(async (error) => {
    await manager.stop();
    throw error;
  });
  ownMetrics.setConfigLoaded(true);
  manager.apply(config.nodes);

  async function stop(): Promise<void> {
    isDraining = true;
    await Promise.all([listeners.drain(), manager.stop()]);
  }

  return { urls: listeners.urls, stop };
}
