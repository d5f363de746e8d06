import type { HealthEndpoint } from '../config/settings.ts';
import type { Clock } from '../domain/clock.ts';
import type { HealthResult } from '../domain/evidence.ts';
import type { StatusAliases } from '../domain/process-state.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import { type Connection, createConnection } from '../http-client/connection.ts';
import { untilAborted, withDeadline } from '../http-client/deadline.ts';
import { type Exchange, exchange } from '../http-client/exchange.ts';
import { failureReason, isOwnFailure } from '../http-client/failure-reason.ts';
import { createSecretReader, type TlsMaterial } from '../http-client/request-secrets.ts';
import { createBodyReader, healthOutcome } from './health-outcome.ts';

/** Probes the health endpoint of one node. */
export interface HealthProber {
  /**
   * One probe, ended after the endpoint's `timeoutMs` or as soon as `signal` is aborted; what it brings then is to be dropped.
   * Never rejects. Probes at the same time do not share a connection.
   */
  probe(signal: StopSignal): Promise<HealthResult>;
  /** Closes the kept connection; that of a probe under way is closed at its end. */
  close(): Promise<void>;
}

/** How answers are read. */
export interface HealthProberOptions {
  readonly statusAliases: StatusAliases;
}

/** What a prober needs; `onInternalError` hears of failures that are the exporter's own. */
export interface HealthProberDeps {
  readonly clock: Clock;
  /** The exporter's own version, for the User-Agent. */
  readonly version: string;
  readonly onInternalError: (error: unknown) => void;
}

/** A connection that is kept between probes, and the TLS files it was made with. */
interface Kept {
  readonly connection: Connection;
  readonly material: TlsMaterial;
}

/** A prober of `endpoint` that keeps its connection alive from probe to probe. */
export function createHealthProber(
  endpoint: HealthEndpoint,
  options: HealthProberOptions,
  deps: HealthProberDeps,
): HealthProber {
  const { clock, version, onInternalError } = deps;
  const { http, maxBodyBytes, timeoutMs } = endpoint;
  const readSecrets = createSecretReader(http);
  const { statusAliases } = options;
  const readBody = createBodyReader({ statusAliases, maxProcesses: endpoint.maxProcesses });
  const ownHeaders = ['accept', 'application/json', 'user-agent', `genesis-exporter/${version}`];
  let kept: Kept | undefined;
  let isClosed = false;

  async function probe(stop: StopSignal): Promise<HealthResult> {
    const startedMs = clock.monotonicMs();
    const answer = await withDeadline(timeoutMs, stop, send);
    if (answer.kind === 'error' && isOwnFailure(answer.error)) onInternalError(answer.error);
    const outcome = healthOutcome(answer, endpoint, readBody);
    const timing = { startedMs, finishedAtMs: clock.wallMs(), durationMs: clock.monotonicMs() - startedMs };
    return { ...outcome, timing };
  }

  async function send(signal: StopSignal): Promise<Exchange> {
    try {
      const secrets = readSecrets();
      const { headers, tls: material } = secrets instanceof Promise ? await untilAborted(secrets, signal) : secrets;
      const first = take(material);
      const openedBefore = first.opened();
      const answer = await sendOn(first, material, [...ownHeaders, ...headers], signal);
      const wasReused = openedBefore > 0 && first.opened() === openedBefore;
      if (!wasReused || !isLostConnection(answer)) return answer;
      return await sendOn(connect(material), material, [...ownHeaders, ...headers], signal);
    } catch (error) {
      return signal.aborted
        ? { kind: 'aborted', statusCode: undefined }
        : { kind: 'error', error, statusCode: undefined };
    }
  }

  async function sendOn(
    connection: Connection,
    material: TlsMaterial,
    headers: readonly string[],
    signal: StopSignal,
  ): Promise<Exchange> {
    const answer = await exchange(connection, headers, maxBodyBytes, signal);
    if (answer.kind === 'answer' && answer.isComplete && !isClosed && kept === undefined)
      kept = { connection, material };
    else connection.destroy();
    return answer;
  }

  /** The kept connection, if it was made with the same files, is the caller's until it is put back. */
  function take(material: TlsMaterial): Connection {
    if (kept === undefined) return connect(material);
    const { connection, material: before } = kept;
    kept = undefined;
    if (before.ca === material.ca && before.cert === material.cert && before.key === material.key) return connection;
    connection.destroy();
    return connect(material);
  }

  function connect(material: TlsMaterial): Connection {
    const proxy = http.proxyUrl === undefined ? undefined : new URL(http.proxyUrl);
    const { url, pinnedAddresses } = endpoint;
    return createConnection({ url: new URL(url), tls: http.tls, material, proxy, pinnedAddresses });
  }

  async function close(): Promise<void> {
    isClosed = true;
    kept?.connection.destroy();
    kept = undefined;
  }

  return { probe, close };
}

/** A kept-alive connection that the server gave up before it saw the request, or just then. */
function isLostConnection(answer: Exchange): boolean {
  return answer.kind === 'error' && answer.statusCode === undefined && failureReason(answer.error) === 'reset';
}
