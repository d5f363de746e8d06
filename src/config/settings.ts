import type { AllowedTarget } from '../domain/allowed-target.ts';
import type { MaintenanceWindow } from '../domain/maintenance.ts';
import type { ConnectChoice, GenesisNode } from '../domain/node.ts';
import type { ProcessState, StatusAliases } from '../domain/process-state.ts';
import type { ProxyRules } from '../domain/proxy-rules.ts';
import type { TimingDocument } from './timing.ts';

/** A value given in the configuration itself, or in a file that is read when the value is used. */
export type Secret =
  | { readonly kind: 'inline'; readonly value: string }
  | { readonly kind: 'file'; readonly path: string };

/** How a TLS client presents itself and whom it trusts, as Prometheus' `tls_config`. */
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

/** How an HTTP request is made, as Prometheus' HTTP client options. */
export interface HttpClientOptions {
  readonly basicAuth: { readonly username: Secret; readonly password: Secret } | undefined;
  readonly authorization: { readonly type: string; readonly credentials: Secret } | undefined;
  readonly tls: TlsClientOptions;
  readonly headers: readonly HeaderOptions[];
  /** Undefined when nothing goes through a proxy. */
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

/** A module with every default filled in that does not depend on a node; durations are milliseconds. */
export interface Module {
  readonly name: string;
  readonly healthEnabled: boolean;
  readonly scheme: string;
  readonly port: number;
  /** Path of the health endpoint, perhaps with a query. */
  readonly path: string;
  readonly maxBodyBytes: number;
  readonly maxProcesses: number;
  readonly http: HttpClientOptions;
  readonly connectProcesses: ConnectChoice;
  /** Undefined for the default, which is shorter where the interval is. */
  readonly connectTimeoutMs: number | undefined;
  /** Undefined for the node's interval. */
  readonly connectIntervalMs: number | undefined;
  readonly healthyStates: ReadonlySet<ProcessState>;
  readonly toleratedWith200: ReadonlySet<ProcessState>;
  readonly statusAliases: StatusAliases;
}

/** All that the loop needs to watch one node. */
export interface NodeSettings {
  readonly node: GenesisNode;
  readonly health: HealthEndpoint;
  readonly connectTimeoutMs: number;
  /** Name of the module by which it is probed and judged. */
  readonly module: string;
  /** The user in the URL that the node itself was given: stands in for the module's credentials. */
  readonly urlUser: HttpClientOptions['basicAuth'];
  /** Folder with Genesis' own configuration files. */
  readonly genesisHome: string | undefined;
  /** Whether the health URL is made from address and module, so that the port a home names replaces the module's. */
  readonly isHealthPortDefault: boolean;
  /** The health port that the home names, once that has been read. */
  readonly homeHealthPort: number | undefined;
}

/** Files that name nodes, as Prometheus' `file_sd_configs`. */
export interface FileSdOptions {
  /** `file_sd/0` by its position: the `source` label. */
  readonly source: string;
  /** Paths whose last part may be a pattern. */
  readonly files: readonly string[];
  readonly refreshIntervalMs: number;
}

/** A web server that names nodes, as Prometheus' `http_sd_configs`. */
export interface HttpSdOptions {
  /** `http_sd/0` by its position: the `source` label. */
  readonly source: string;
  /** Without credentials: those of a configured URL are in `http.basicAuth`. */
  readonly url: string;
  readonly refreshIntervalMs: number;
  readonly http: HttpClientOptions;
}

/** DNS names whose records name nodes, as Prometheus' `dns_sd_configs`. */
export interface DnsSdOptions {
  /** `dns_sd/0` by its position: the `source` label. */
  readonly source: string;
  readonly names: readonly string[];
  readonly type: 'SRV' | 'A' | 'AAAA';
  /** The port of the targets of A and AAAA records; SRV records have their own. */
  readonly port: number;
  readonly refreshIntervalMs: number;
}

/** What `/probe` may do. */
export interface ProbeOptions {
  readonly allowedTargets: readonly AllowedTarget[];
  /** Modules that may serve ad-hoc targets although they have credentials or a proxy. */
  readonly allowedModules: ReadonlySet<string>;
  /** A younger result is served again. */
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
  /** By name, `default` among them. */
  readonly modules: ReadonlyMap<string, Module>;
  /** What the document says of the timing of all nodes, for those that are found later. */
  readonly timing: TimingDocument;
  readonly maxNodes: number;
  readonly maxConcurrentConnects: number;
  /** The configuration in the words of its file, defaults filled in and every secret masked: safe to show. */
  readonly masked: Readonly<Record<string, unknown>>;
}
