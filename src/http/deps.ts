import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import type { NodeView } from '../domain/view.ts';

/** What the routes read; none of it ever waits for a probe. */
export interface HttpDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly telemetryPath: string;
  /** Every node as it stands now, in config order. */
  readonly views: () => readonly NodeView[];
  /** Whether rows name their node even when the query does not ask for several. */
  readonly showsNode: () => boolean;
  readonly metricsPage: () => Promise<{ readonly body: Buffer; readonly gzipped: () => Promise<Buffer> }>;
  readonly configYaml: () => Promise<string>;
  /** Monotonic milliseconds of the loop's last beat. */
  readonly heartbeatMs: () => number;
  readonly isReady: () => boolean;
  /** True from the moment that shutdown began. */
  readonly isDraining: () => boolean;
  readonly observeRequest: (route: string, code: number, durationSeconds: number) => void;
  readonly onInternalError: () => void;
}
