import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Clock } from '../domain/clock.ts';
import { type CountRequest, registerRequestHistogram } from './request-histogram.ts';
import { registerStorageMetrics, type StorageFigures } from './storage-metrics.ts';

/** Inputs of the exporter's own metrics. */
export interface OwnMetricsDeps {
  readonly clock: Clock;
  readonly version: string;
  readonly revision: string;
  readonly nodejsVersion: string;
  /** Number of nodes. */
  readonly nodes: () => number;
  /** Wall-clock milliseconds of the loop's last heartbeat. */
  readonly heartbeatMs: () => number;
  /** How the database does; undefined without one. */
  readonly storage: () => StorageFigures | undefined;
  /** Each node and whether it is in planned maintenance; empty when none is configured. */
  readonly maintenance: () => readonly (readonly [node: string, isInside: boolean])[];
}

/** The exporter's own metrics. */
export interface OwnMetrics {
  countMissedTicks(ticks: number): void;
  countInternalError(): void;
  /** Records whether the last load of the configuration succeeded. */
  setConfigLoaded(isSuccess: boolean): void;
  /** Records whether the last refresh of a discovery source succeeded. */
  setDiscoveryRefreshed(source: string, isSuccess: boolean): void;
  /** Removes the series of a discovery source that is no longer configured. */
  removeDiscovery(source: string): void;
  readonly observeRequest: CountRequest;
  /** All series as text that ends with a newline. Rendered at most once a second. */
  render(): Promise<string>;
}

/** Gauges of prom-client with the names of counters, which promlint rejects. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

const RENDERED_VALID_MS = 1000;

/** Creates the metrics in a registry of their own, and starts to collect prom-client's default metrics. */
export function createOwnMetrics(deps: OwnMetricsDeps): OwnMetrics {
  const registry = new Registry();
  const registers = [registry];
  let rendered: { readonly text: Promise<string>; readonly atMs: number } | undefined;

  new Gauge({
    name: 'genesis_exporter_build_info',
    help: 'Version of the exporter, revision it was built from and Node.js version it runs on; always 1.',
    labelNames: ['version', 'revision', 'nodejs_version'],
    registers,
  }).set({ version: deps.version, revision: deps.revision, nodejs_version: deps.nodejsVersion }, 1);

  const lastReloadSuccessful = new Gauge({
    name: 'genesis_exporter_config_last_reload_successful',
    help: 'Whether the last load of the configuration succeeded, 1 or 0.',
    registers,
  });
  const lastReloadSuccess = new Gauge({
    name: 'genesis_exporter_config_last_reload_success_timestamp_seconds',
    help: 'When the configuration was last loaded successfully, seconds since the epoch.',
    registers,
  });
  const discoverySuccessful = new Gauge({
    name: 'genesis_exporter_discovery_last_refresh_successful',
    help: 'Whether the last refresh of the discovery source succeeded, 1 or 0.',
    labelNames: ['source'],
    registers,
  });
  const discoverySuccess = new Gauge({
    name: 'genesis_exporter_discovery_last_refresh_success_timestamp_seconds',
    help: 'When the discovery source was last refreshed successfully, seconds since the epoch.',
    labelNames: ['source'],
    registers,
  });
  new Gauge({
    name: 'genesis_exporter_nodes',
    help: 'Genesis nodes that are configured or discovered.',
    registers,
    collect() {
      this.set(deps.nodes());
    },
  });
  new Gauge({
    name: 'genesis_exporter_loop_heartbeat_timestamp_seconds',
    help: 'When the scrape loop last showed that none of its nodes is stuck, seconds since the epoch.',
    registers,
    collect() {
      this.set(deps.heartbeatMs() / 1000);
    },
  });
  new Gauge({
    name: 'genesis_node_maintenance',
    help: 'Whether the node is in planned maintenance, 1 or 0.',
    labelNames: ['genesis_node'],
    registers,
    collect() {
      this.reset();
      for (const [node, isInside] of deps.maintenance()) this.set({ genesis_node: node }, isInside ? 1 : 0);
    },
  });
  registerStorageMetrics(registers, deps.storage);
  const missedTicks = new Counter({
    name: 'genesis_exporter_missed_ticks_total',
    help: 'Ticks of the scrape loop that were skipped because the cycle before still went on.',
    registers,
  });
  const internalErrors = new Counter({
    name: 'genesis_exporter_internal_errors_total',
    help: 'Errors of the exporter itself, such as running out of file descriptors; the log tells of each.',
    registers,
  });
  const observeRequest = registerRequestHistogram(registry);

  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  for (const name of MISNAMED) registry.removeSingleMetric(name);

  // prom-client starts a gauge without labels at 0. Nothing was loaded yet, so the series must be absent.
  for (const gauge of [lastReloadSuccessful, lastReloadSuccess]) gauge.remove();

  function setConfigLoaded(isSuccess: boolean): void {
    lastReloadSuccessful.set(isSuccess ? 1 : 0);
    if (isSuccess) lastReloadSuccess.set(deps.clock.wallMs() / 1000);
  }

  function setDiscoveryRefreshed(source: string, isSuccess: boolean): void {
    discoverySuccessful.set({ source }, isSuccess ? 1 : 0);
    if (isSuccess) discoverySuccess.set({ source }, deps.clock.wallMs() / 1000);
  }

  function removeDiscovery(source: string): void {
    discoverySuccessful.remove({ source });
    discoverySuccess.remove({ source });
  }

  function render(): Promise<string> {
    const nowMs = deps.clock.monotonicMs();
    if (rendered === undefined || nowMs - rendered.atMs >= RENDERED_VALID_MS) {
      rendered = { text: registry.metrics().then((text) => text.replaceAll('\n\n', '\n')), atMs: nowMs };
    }
    return rendered.text;
  }

  return {
    countMissedTicks: (ticks) => missedTicks.inc(ticks),
    countInternalError: () => internalErrors.inc(),
    setConfigLoaded,
    setDiscoveryRefreshed,
    removeDiscovery,
    observeRequest,
    render,
  };
}
