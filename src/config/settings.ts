import type { GenesisNode } from '../domain/node.ts';

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
  /** Proxy to use, with its credentials if any. */
  readonly proxyUrl: string | undefined;
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

/** All that the loop needs to watch one node. */
export interface NodeSettings {
  readonly node: GenesisNode;
  readonly health: HealthEndpoint;
  readonly connectTimeoutMs: number;
}

/** A valid configuration with every default filled in. */
export interface Config {
  readonly nodes: readonly NodeSettings[];
  readonly maxNodes: number;
  readonly maxConcurrentConnects: number;
  /** The configuration in the words of its file, defaults filled in and every secret masked: safe to show. */
  readonly masked: Readonly<Record<string, unknown>>;
}
