import type { HealthEndpoint } from '../config/settings.ts';
import type { Clock } from '../domain/clock.ts';
import type { ConnectResult, HealthResult } from '../domain/evidence.ts';
import type { HealthFailure } from '../domain/failure-reason.ts';
import type { Hint } from '../domain/hint.ts';
import { proxyFor } from '../domain/proxy-rules.ts';
import { formatHostPort } from '../domain/target-address.ts';
import type { ConnectTarget } from '../domain/view.ts';

/** The result of resolving a target's name. With addresses, the probe connects to these only. */
export type Resolution =
  | { readonly kind: 'addresses' | 'refused'; readonly addresses: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: HealthFailure; readonly detail: string; readonly hint: Hint };

/** One step of a probe on demand, for the operator, without secrets. */
export interface ProbeStep {
  /** Time since the probe began. */
  readonly atMs: number;
  readonly text: string;
}

/** Records the steps of one probe. */
export interface ProbeSteps {
  resolved(resolution: Resolution): void;
  sent(endpoint: HealthEndpoint): void;
  answered(result: HealthResult): void;
  connecting(targets: readonly ConnectTarget[]): void;
  connected(results: ReadonlyMap<string, ConnectResult>): void;
  all(): readonly ProbeStep[];
}

/** Creates an empty list of steps for a probe that begins now. */
export function createProbeSteps(clock: Clock): ProbeSteps {
  const startedMs = clock.monotonicMs();
  const steps: ProbeStep[] = [];

  function note(text: string): void {
    steps.push({ atMs: clock.monotonicMs() - startedMs, text });
  }

  return {
    resolved: (resolution) => note(describeResolution(resolution)),
    sent: (endpoint) => note(describeRequest(endpoint)),
    answered: (result) => note(describeAnswer(result)),
    connecting: (targets) => {
      for (const { process, host, port, tls } of targets) {
        note(`${process}: connecting to ${formatHostPort(host, port)}${tls ? ' with TLS' : ''}`);
      }
    },
    connected: (results) => {
      for (const [process, result] of results) note(`${process}: ${describeConnect(result)}`);
    },
    all: () => steps,
  };
}

/** The URL of a health endpoint without its query, which may hold a secret. */
export function shownUrl({ url }: Pick<HealthEndpoint, 'url'>): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function describeResolution(resolution: Resolution): string {
  if (resolution.kind === 'failed') return `lookup failed (${resolution.reason}): ${resolution.detail}`;
  return `looked up: ${resolution.addresses.join(', ')}`;
}

function describeRequest(endpoint: HealthEndpoint): string {
  const { url, timeoutMs, http } = endpoint;
  const through = proxyFor(http.proxy, new URL(url)) === undefined ? '' : ' through the proxy';
  return `GET ${shownUrl(endpoint)}${through}, at most ${timeoutMs} ms`;
}

function describeAnswer(result: HealthResult): string {
  const from = result.remoteAddress === undefined ? '' : ` from ${result.remoteAddress}`;
  if (result.kind === 'failed') return `failed (${result.reason})${from}: ${result.detail}`;
  const { processes, rejectedRows } = result.report;
  const rejected = rejectedRows === 0 ? '' : `, rows without a usable name: ${rejectedRows}`;
  return `answered ${result.statusCode}${from}, processes: ${processes.length}${rejected}`;
}

function describeConnect({ host, port, outcome, detail, timing }: ConnectResult): string {
  const why = detail === '' ? '' : ` (${detail})`;
  return `connect ${formatHostPort(host, port)} ${outcome}${why}, ${timing.durationMs.toFixed(1)} ms`;
}
