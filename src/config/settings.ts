import type { AllowedTarget } from '../domain/allowed-target.ts';
import type { MaintenanceWindow } from '../domain/maintenance.ts';
import type { ConnectChoice, GenesisNode } from '../domain/node.ts';
import type { ProcessState, StatusAliases } from '../domain/process-state.ts';
import type { ProxyRules } from '../domain/proxy-rules.ts';
import type { TimingDocument } from './timing.ts';

/** A value in the configuration itself, or in a file that the exporter reads when it uses the value. */
export type Secret =
  | { readonly kind: 'inline'; readonly value: string }
  | { readonly kind: 'file'; readonly path: string };

/** Client certificate, trusted CAs and versions of a TLS client, as in Prometheus' `tls_config`. */
export interface TlsClientOptions {
  readonly ca: Secret | undefined;
  readonly cert: Secret | undefined;
  readonly key: Secret | undefined;
  readonly serverName: string | undefined;
  readonly insecureSkipVerify: boolean;
  readonly minVersion: TlsVersion | undefined;
  readonly maxVersion: TlsVersion | undefined;
}

/** TLS versions in Node.js' spelling. */
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** One request header with all its values. */
export interface HeaderOptions {
  readonly name: string;
  readonly values: readonly Secret[];
}

/** Options of an HTTP client, as in Prometheus. */
export interface HttpClientOptions {
  readonly basicAuth: { readonly username: Secret; readonly password: Secret } | undefined;
  readonly authorization: { readonly type: string; readonly credentials: Secret } | undefined;
  readonly tls: TlsClientOptions;
  readonly headers: readonly HeaderOptions[];
  /** Undefined when no request uses a proxy. */
  readonly proxy: ProxyRules | undefined;
}

/** The health endpoint of a node. */
export interface HealthEndpoint {
  /** Without credentials: those of a configured URL are in `http.basicAuth`. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly maxProcesses: number;
  readonly http: HttpClientOptions;
}

/** A module with all defaults that do not depend on a node; durations are milliseconds. */
export interface Module {
  readonly name: string;
  readonly healthEnabled: boolean;
  readonly scheme: string;
  readonly port: number;
  /** Path of the health endpoint; it may have a query. */
  readonly path: string;
  readonly maxBodyBytes: number;
  readonly maxProcesses: number;
  readonly http: HttpClientOptions;
  readonly connectProcesses: ConnectChoice;
  /** Undefined for the default, which is never longer than the interval. */
  readonly connectTimeoutMs: number | undefined;
  /** Undefined for the node's interval. */
  readonly connectIntervalMs: number | undefined;
  readonly healthyStates: ReadonlySet<ProcessState>;
  readonly toleratedWith200: ReadonlySet<ProcessState>;
  readonly statusAliases: StatusAliases;
}

/** Everything that the loop needs to watch one node. */
export interface NodeSettings {
  readonly node: GenesisNode;
  readonly health: HealthEndpoint;
  readonly connectTimeoutMs: number;
  /** Name of the module that sets how the node is probed and judged. */
  readonly module: string;
  /** The user in the node's own URL; it replaces the credentials of the module. */
  readonly urlUser: HttpClientOptions['basicAuth'];
  /** Folder with Genesis' own configuration files. */
  readonly genesisHome: string | undefined;
  /** Whether the health URL comes from address and module. In this case the port in the home replaces the module's port. */
  readonly isHealthPortDefault: boolean;
  /** The health port in the home; undefined before the home is read, and when it has none. */
  readonly homeHealthPort: number | undefined;
}

/** Files that name nodes, as in Prometheus' `file_sd_configs`. */
export interface FileSdOptions {
  /** `file_sd/0` by its position: the `source` label. */
  readonly source: string;
  /** Paths whose last part may be a pattern. */
  readonly files: readonly string[];
  readonly refreshIntervalMs: number;
}

/** A web server that names nodes, as in Prometheus' `http_sd_configs`. */
export interface HttpSdOptions {
  /** `http_sd/0` by its position: the `source` label. */
  readonly source: string;
  /** Without credentials: those of a configured URL are in `http.basicAuth`. */
  readonly url: string;
  readonly refreshIntervalMs: number;
  readonly http: HttpClientOptions;
}

/** DNS names whose records name nodes, as in Prometheus' `dns_sd_configs`. */
export interface DnsSdOptions {
  /** `dns_sd/0` by its position: the `source` label. */
  readonly source: string;
  readonly names: readonly string[];
  readonly type: 'SRV' | 'A' | 'AAAA';
  /** The port of the targets of A and AAAA records; SRV records have their own. */
  readonly port: number;
  readonly refreshIntervalMs: number;
}

/** Limits of `/probe`. */
export interface ProbeOptions {
  readonly allowedTargets: readonly AllowedTarget[];
  /** Modules that `/probe` may use for targets that are not configured, although they have credentials or a proxy. */
  readonly allowedModules: ReadonlySet<string>;
  /** `/probe` answers with an earlier result that is younger than this. */
  readonly minIntervalMs: number;
}

/** A valid configuration with every default filled in. */
export interface Config {
  readonly nodes: readonly NodeSettings[];
  readonly fileSd: readonly FileSdOptions[];
  readonly httpSd: readonly HttpSdOptions[];
  readonly dnsSd: readonly DnsSdOptions[];
  readonly probe: ProbeOptions;
  readonly maintenance: readonly MaintenanceWindow[];
  /** By name, including `default`. */
  readonly modules: ReadonlyMap<string, Module>;
  /** The timing for all nodes, for nodes that are discovered later. */
  readonly timing: TimingDocument;
  readonly maxNodes: number;
  readonly maxConcurrentConnects: number;
  /** The configuration with the keys of its file, with defaults filled in and all secrets masked: safe to show. */
  readonly masked: Readonly<Record<string, unknown>>;
}
