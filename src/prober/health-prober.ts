import type { HealthEndpoint } from '../config/settings.ts';
import type { Clock } from '../domain/clock.ts';
import type { HealthResult } from '../domain/evidence.ts';
import type { StatusAliases } from '../domain/process-state.ts';
import { proxyFor } from '../domain/proxy-rules.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import { createConnection } from '../http-client/connection.ts';
import { untilAborted, withDeadline } from '../http-client/deadline.ts';
import { type Exchange, exchange } from '../http-client/exchange.ts';
import { isOwnFailure } from '../http-client/failure-reason.ts';
import { createSecretReader } from '../http-client/request-secrets.ts';
import { sentSecrets } from '../http-client/sent-secrets.ts';
import { createTlsSessions } from '../http-client/tls-sessions.ts';
import { type RequestTrace, startTrace } from '../http-client/trace.ts';
import { createBodyReader, healthOutcome } from './health-outcome.ts';
import type { HostLookup } from './host-lookup.ts';

/** Probes the health endpoint of one node. */
export interface HealthProber {
  /**
   * One probe: a lookup, a fresh connection, a request. Ends after the endpoint's `timeoutMs`, or as soon as `signal` is
   * aborted; its result is then of no use. Never rejects.
   */
  probe(signal: StopSignal): Promise<HealthResult>;
}

/** How the prober reads answers. */
export interface HealthProberOptions {
  readonly statusAliases: StatusAliases;
}

/** What a prober needs. `onInternalError` receives the exporter's own failures. */
export interface HealthProberDeps {
  readonly clock: Clock;
  /** Looks up the endpoint's host for each probe, except through a proxy. */
  readonly lookup: HostLookup;
  /** The exporter's own version, for the User-Agent. */
  readonly version: string;
  readonly onInternalError: (error: unknown) => void;
}

/** One probe under way. */
interface ProbeState {
  readonly trace: RequestTrace;
  readonly leftMs: () => number;
  /** The configured headers, names and values alternating; empty until the secrets are read. */
  sent: readonly string[];
}

/** Creates a prober of `endpoint`. It keeps no connection between probes, only a TLS session to resume. */
export function createHealthProber(
  endpoint: HealthEndpoint,
  options: HealthProberOptions,
  deps: HealthProberDeps,
): HealthProber {
  const { clock, lookup, version, onInternalError } = deps;
  const { http, maxBodyBytes, timeoutMs } = endpoint;
  const url = new URL(endpoint.url);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const proxy = proxyFor(http.proxy, url);
  const readSecrets = createSecretReader(http);
  const { statusAliases } = options;
  const readBody = createBodyReader({ statusAliases, maxProcesses: endpoint.maxProcesses });
  const ownHeaders = ['accept', 'application/json', 'user-agent', `genesis-exporter/${version}`];
  const sessions = createTlsSessions(clock.wallMs);

  async function probe(stop: StopSignal): Promise<HealthResult> {
    const startedMs = clock.monotonicMs();
    const trace = startTrace();
    const leftMs = (): number => startedMs + timeoutMs - clock.monotonicMs();
    const state: ProbeState = { trace, leftMs, sent: [] };
    const answer = await withDeadline(timeoutMs, stop, (signal) => send(signal, state));
    if (answer.kind === 'error' && isOwnFailure(answer.error)) onInternalError(answer.error);
    const outcome = healthOutcome(answer, {
      endpoint,
      readBody,
      trace,
      secrets: () => sentSecrets(url, state.sent, proxy),
    });
    const timing = { startedMs, finishedAtMs: clock.wallMs(), durationMs: clock.monotonicMs() - startedMs };
    return { ...outcome, timing };
  }

  async function send(signal: StopSignal, state: ProbeState): Promise<Exchange> {
    const { trace, leftMs } = state;
    try {
      const secrets = readSecrets();
      const { headers, tls: material } = secrets instanceof Promise ? await untilAborted(secrets, signal) : secrets;
      state.sent = headers;
      trace.phase = 'lookup';
      const addresses = proxy === undefined ? await untilAborted(lookup(host), signal) : undefined;
      const target = addresses && { addresses, leftMs };
      const connection = createConnection({ url, tls: http.tls, material, proxy, target, sessions, trace });
      try {
        return await exchange(connection, [...ownHeaders, ...headers], { maxBodyBytes, signal, trace });
      } finally {
        connection.destroy();
      }
    } catch (error) {
      return signal.aborted
        ? { kind: 'aborted', statusCode: undefined }
        : { kind: 'error', error, statusCode: undefined };
    }
  }

  return { probe };
}
