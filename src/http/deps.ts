import type { Clock } from '../domain/clock.ts';
import type { ExpositionFormat } from '../domain/exposition.ts';
import type { HistorySource } from '../domain/history.ts';
import type { Log } from '../domain/log.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { NodeView } from '../domain/view.ts';
import type { RequestGate } from './limits-gate.ts';
import type { PageAssets } from './page-assets.ts';
import type { ProbeAnswer, ProbeRequest } from './probe.ts';
import type { ObserveRequest } from './request-metrics.ts';
import type { WebInForce } from './web-config.ts';
import type { UserVerifier } from './web-users.ts';

/** Access control from the web configuration file. */
export interface WebAccess {
  readonly current: () => WebInForce;
  readonly verifier: UserVerifier;
  /** Paths that need no authentication. */
  readonly exemptPaths: readonly string[];
}

/** A rendered metrics page. */
export interface ReadyPage {
  /** The page as chunks, in the order to send them. */
  readonly chunks: () => readonly Buffer[];
  /** The page compressed with gzip. */
  readonly gzipped: () => Promise<Buffer>;
  /** The compressed page, if it exists already. */
  readonly gzippedBody: () => Buffer | undefined;
}

/** What the routes need from the rest of the exporter. Only `probe` waits for a probe. */
export interface HttpDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Wall-clock milliseconds when the exporter started. */
  readonly startedAtMs: number;
  /** Style sheet and scripts of the pages. */
  readonly assets: PageAssets;
  readonly telemetryPath: string;
  /** Path prefix of all routes, such as `/genesis`; empty without one. */
  readonly routePrefix: string;
  /** Public base URL of the exporter, ending in a slash, for links in exported text; undefined without `--web.external-url`. */
  readonly externalUrl: string | undefined;
  /** Base URL of the runbooks; the name of a page is appended to it. */
  readonly runbooks: string;
  /** Undefined without a web configuration file. */
  readonly web: WebAccess | undefined;
  /** One gate for all listening addresses, like `web.verifier`. */
  readonly gate: RequestGate;
  /** The current view of every node, in the order of the configuration. */
  readonly views: () => readonly NodeView[];
  readonly history: HistorySource;
  /** Planned maintenance from the current configuration. */
  readonly maintenance: () => Maintenance;
  /** Whether rows of `/health/status` name their node when the query selects no nodes: true with several nodes. */
  readonly showsNode: () => boolean;
  readonly metricsPage: (format: ExpositionFormat) => Promise<ReadyPage>;
  /** The same page if it needs no rendering; undefined otherwise. */
  readonly readyMetricsPage: (format: ExpositionFormat) => ReadyPage | undefined;
  readonly probe: (request: ProbeRequest) => Promise<ProbeAnswer>;
  /** How long before Prometheus' scrape timeout `/probe` has to respond. */
  readonly timeoutOffsetMs: number;
  /** Reloads the configuration; resolves with its problems, none on success. */
  readonly reload: () => Promise<readonly string[]>;
  readonly isLifecycleEnabled: boolean;
  readonly configYaml: () => Promise<string>;
  /** Milliseconds since the loop's last heartbeat. */
  readonly heartbeatAgeMs: () => number;
  readonly isReady: () => boolean;
  /** True once shutdown has begun. */
  readonly isDraining: () => boolean;
  readonly observeRequest: ObserveRequest;
  readonly onInternalError: () => void;
}
