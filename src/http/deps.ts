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

/** The web configuration file at work. */
export interface WebAccess {
  readonly current: () => WebInForce;
  readonly verifier: UserVerifier;
  /** Paths that need no user. */
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

/** What the routes read; none of it ever waits for a probe. */
export interface HttpDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Wall-clock milliseconds when the exporter started. */
  readonly startedAtMs: number;
  /** What the status page loads. */
  readonly assets: PageAssets;
  readonly telemetryPath: string;
  /** The path below which all routes are, such as `/genesis`; empty for the root. */
  readonly routePrefix: string;
  /** Where people reach the exporter, with a slash at the end, for links that are sent away; undefined when nobody said. */
  readonly externalUrl: string | undefined;
  /** Where the runbooks are; the name of a page is put behind it. */
  readonly runbooks: string;
  /** Undefined without a web configuration file. */
  readonly web: WebAccess | undefined;
  /** Shared by the apps of all addresses, as `web.verifier` is. */
  readonly gate: RequestGate;
  /** Every node as it stands now, in config order. */
  readonly views: () => readonly NodeView[];
  readonly history: HistorySource;
  /** The planned maintenance of the configuration in force. */
  readonly maintenance: () => Maintenance;
  /** Whether rows name their node even when the query does not ask for several. */
  readonly showsNode: () => boolean;
  readonly metricsPage: (format: ExpositionFormat) => Promise<ReadyPage>;
  /** The same page if it needs no rendering; undefined otherwise. */
  readonly readyMetricsPage: (format: ExpositionFormat) => ReadyPage | undefined;
  readonly probe: (request: ProbeRequest) => Promise<ProbeAnswer>;
  /** How much earlier than Prometheus' own deadline `/probe` has to answer. */
  readonly timeoutOffsetMs: number;
  /** Reads the configuration anew; gives what is wrong with it. */
  readonly reload: () => Promise<readonly string[]>;
  readonly isLifecycleEnabled: boolean;
  readonly configYaml: () => Promise<string>;
  /** Milliseconds since the loop's last heartbeat. */
  readonly heartbeatAgeMs: () => number;
  readonly isReady: () => boolean;
  /** True from the moment that shutdown began. */
  readonly isDraining: () => boolean;
  readonly observeRequest: ObserveRequest;
  readonly onInternalError: () => void;
}
