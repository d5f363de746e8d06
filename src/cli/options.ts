import type { StorageOptions } from '../app/history.ts';
import type { LogOptions } from '../app/logger.ts';
import type { ListenAddress } from '../http/listen-address.ts';

/** How the exporter runs, independent of what it probes. */
export interface RunOptions {
  readonly addresses: readonly ListenAddress[] | undefined;
  readonly log: LogOptions;
}

/** Where the configuration comes from: a file, or flags for one node. */
export interface ConfigOptions {
  readonly configFile: string | undefined;
  readonly healthUrl: string | undefined;
  readonly home: string | undefined;
  readonly nodeName: string | undefined;
  readonly cluster: string | undefined;
}

/** What `genesis-exporter` without a command takes. */
export interface ServeOptions extends RunOptions, ConfigOptions {
  /** Warnings about the environment, for the log. */
  readonly warnings: readonly string[];
  /** Whether to listen on systemd's sockets instead of `addresses`. */
  readonly usesPassedSockets: boolean;
  readonly telemetryPath: string;
  /** The prefix of all routes, such as `/genesis`; empty for the root. */
  readonly routePrefix: string;
  /** The external URL of the exporter, with a slash at the end. */
  readonly externalUrl: string | undefined;
  /** URL prefix of the runbooks; the name of a page follows. */
  readonly runbooks: string;
  readonly webConfigFile: string | undefined;
  /** Paths that need no user. */
  readonly authExemptPaths: readonly string[];
  /** The store; undefined without one. */
  readonly storage: StorageOptions | undefined;
  /** 0 for no limit. */
  readonly maxRequests: number;
  readonly timeoutOffsetMs: number;
  readonly isLifecycleEnabled: boolean;
  /** Undefined unless the file is to be watched. */
  readonly autoReloadMs: number | undefined;
}

/** The output formats of `check`. */
export const CHECK_OUTPUTS = ['table', 'json', 'nagios'] as const;

/** What `genesis-exporter check` takes. */
export interface CheckOptions extends ConfigOptions {
  readonly output: (typeof CHECK_OUTPUTS)[number];
  readonly runbooks: string;
  readonly log: LogOptions;
}

/** A command line that is not valid. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Flags of the configuration's source, as commander names them. */
export interface ConfigFlags {
  readonly 'config.file'?: string;
  readonly 'genesis.healthUrl'?: string;
  readonly 'genesis.home'?: string;
  readonly 'genesis.nodeName'?: string;
  readonly 'genesis.cluster'?: string;
}

/** The options behind such flags; throws a UsageError when they contradict each other. */
export function configOptions(flags: ConfigFlags): ConfigOptions {
  const options = {
    configFile: flags['config.file'],
    healthUrl: flags['genesis.healthUrl'],
    home: flags['genesis.home'],
    nodeName: flags['genesis.nodeName'],
    cluster: flags['genesis.cluster'],
  };
  const { configFile, healthUrl, home, nodeName, cluster } = options;
  if (configFile !== undefined && (healthUrl ?? home ?? nodeName ?? cluster) !== undefined) {
    throw new UsageError(
      '--genesis flags describe the one node that is probed without --config.file; give one or the other',
    );
  }
  return options;
}
