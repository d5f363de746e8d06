import type { HealthEndpoint, HttpClientOptions, Secret, TlsClientOptions } from '../../src/config/settings.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { HealthResult } from '../../src/domain/evidence.ts';
import { createCycleLookup } from '../../src/prober/cycle-lookup.ts';
import { createHealthProber, type HealthProber, type HealthProberDeps } from '../../src/prober/health-prober.ts';
import { createHostLookup, type HostLookup } from '../../src/prober/host-lookup.ts';

/** Two rows as Genesis gives them. */
export const ROWS = JSON.stringify([
  { PROCESS_NAME: 'GENESIS_ROUTER', STATUS: 'UP', MESSAGE: '', PORT: 9017 },
  { PROCESS_NAME: 'GENESIS_CLUSTER', STATUS: 'UP', MESSAGE: '', PORT: 9000 },
]);

/** Real time. */
export const CLOCK: Clock = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };

/** A signal that nobody aborts. */
export const NEVER: AbortSignal = new AbortController().signal;

/** A TLS client with defaults alone. */
export const PLAIN_TLS: TlsClientOptions = {
  ca: undefined,
  cert: undefined,
  key: undefined,
  serverName: undefined,
  insecureSkipVerify: false,
  minVersion: undefined,
  maxVersion: undefined,
};

/** An HTTP client with defaults alone. */
export const PLAIN_HTTP: HttpClientOptions = {
  basicAuth: undefined,
  authorization: undefined,
  tls: PLAIN_TLS,
  headers: [],
  proxy: undefined,
};

/** A secret given in the configuration itself. */
export function inline(value: string): Secret {
  return { kind: 'inline', value };
}

/** A health endpoint with short limits. */
export function endpoint(url: string, changes: Partial<HealthEndpoint> = {}): HealthEndpoint {
  return { url, timeoutMs: 2000, maxBodyBytes: 1_000_000, maxProcesses: 1000, http: PLAIN_HTTP, ...changes };
}

/** The health URL of a server on 127.0.0.1. */
export function healthUrl({ port }: { readonly port: number }, scheme = 'http'): string {
  return `${scheme}://127.0.0.1:${port}/health/status`;
}

/** The lookup of this machine. */
export const LOOKUP: HostLookup = createCycleLookup(0, { lookup: createHostLookup(), clock: CLOCK }).forHealth;

/** A prober, and the internal errors that it reported. */
export function startProber(
  to: HealthEndpoint,
  changes: Partial<HealthProberDeps> = {},
): { readonly prober: HealthProber; readonly internalErrors: unknown[] } {
  const internalErrors: unknown[] = [];
  const deps = {
    clock: CLOCK,
    lookup: LOOKUP,
    version: '1.2.3',
    onInternalError: (error: unknown) => internalErrors.push(error),
    ...changes,
  };
  const prober = createHealthProber(to, { statusAliases: new Map() }, deps);
  return { prober, internalErrors };
}

/** One probe by a prober of its own. */
export function probeOnce(to: HealthEndpoint, changes: Partial<HealthProberDeps> = {}): Promise<HealthResult> {
  return startProber(to, changes).prober.probe(NEVER);
}
