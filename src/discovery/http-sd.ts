import type { HttpSdOptions } from '../config/settings.ts';
import { proxyFor } from '../domain/proxy-rules.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import { createConnection } from '../http-client/connection.ts';
import { untilAborted } from '../http-client/deadline.ts';
import { type Exchange, exchange } from '../http-client/exchange.ts';
import { createSecretReader } from '../http-client/request-secrets.ts';
import { sentSecrets } from '../http-client/sent-secrets.ts';
import { type RequestTrace, startTrace } from '../http-client/trace.ts';
import { MAX_BYTES, readAnswer } from './http-sd-answer.ts';
import {
  readTimeoutMs,
  startRefreshing,
  type TargetsDeps,
  type TargetsRead,
  type TargetsSource,
} from './targets-source.ts';

/** What a web source needs. */
export interface HttpSdDeps extends TargetsDeps {
  /** The exporter's own version, for the User-Agent. */
  readonly version: string;
}

/** One request under way. */
interface Asked {
  readonly trace: RequestTrace;
  /** The configured headers, names and values alternating; empty until the secrets are read. */
  sent: readonly string[];
}

/** Requests targets from a web server at each interval. If the answer is not a list of targets, the last good ones stay and the refresh fails. */
export function pollHttpSd(options: HttpSdOptions, deps: HttpSdDeps): TargetsSource {
  const { source, http, refreshIntervalMs } = options;
  const url = new URL(options.url);
  const readSecrets = createSecretReader(http);
  const ownHeaders = [
    ...['accept', 'application/json'],
    ...['user-agent', `genesis-exporter/${deps.version}`],
    ...['x-prometheus-refresh-interval-seconds', String(refreshIntervalMs / 1000)],
  ];
  const proxy = proxyFor(http.proxy, url);
  const timeoutMs = readTimeoutMs(refreshIntervalMs);
  let good: TargetsRead['targets'];

  async function ask(signal: StopSignal, asked: Asked): Promise<Exchange> {
    const { trace } = asked;
    try {
      const { headers, tls: material } = await untilAborted(Promise.resolve(readSecrets()), signal);
      asked.sent = headers;
      const connection = createConnection({ url, tls: http.tls, material, proxy, trace });
      try {
        return await exchange(connection, [...ownHeaders, ...headers], { maxBodyBytes: MAX_BYTES, signal, trace });
      } finally {
        connection.destroy();
      }
    } catch (error) {
      if (signal.aborted) return { kind: 'aborted', statusCode: undefined };
      return { kind: 'error', error, statusCode: undefined };
    }
  }

  async function read(signal: StopSignal): Promise<TargetsRead> {
    const asked: Asked = { trace: startTrace(), sent: [] };
    const answer = await ask(signal, asked);
    const secrets = (): readonly string[] => sentSecrets(url, asked.sent, proxy);
    const found = await readAnswer(answer, { url, trace: asked.trace, secrets, timeoutMs });
    if (found.kind === 'targets') good = found.targets;
    const { problems, hints = [] } = found.kind === 'problems' ? found : { problems: [] };
    return { targets: good, problems: problems.map((problem) => `${url.origin}${url.pathname}: ${problem}`), hints };
  }

  return startRefreshing({ source, intervalMs: refreshIntervalMs, read }, deps);
}
