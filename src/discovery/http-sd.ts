import type { HttpSdOptions } from '../config/settings.ts';
import { proxyFor } from '../domain/proxy-rules.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import { bodyText } from '../http-client/body-text.ts';
import { createConnection } from '../http-client/connection.ts';
import { untilAborted } from '../http-client/deadline.ts';
import { type Exchange, exchange } from '../http-client/exchange.ts';
import { describeError } from '../http-client/failure-reason.ts';
import { createSecretReader } from '../http-client/request-secrets.ts';
import { startTrace } from '../http-client/trace.ts';
import type { TargetsText } from './targets.ts';
import { startRefreshing, type TargetsDeps, type TargetsRead, type TargetsSource } from './targets-source.ts';

/** What a web source is asked with. */
export interface HttpSdDeps extends TargetsDeps {
  /** The exporter's own version, for the User-Agent. */
  readonly version: string;
}

const MAX_BYTES = 8 * 1024 ** 2;

/** As Prometheus wants it: JSON, in UTF-8 if anything is said of that. */
const CONTENT_TYPE = /^application\/json(?:\s*;\s*charset=(?:utf-8|"utf-8"))?$/i;

/** Asks a web server for targets in the interval. An answer that is no list of targets keeps the last good ones and makes the refresh fail. */
export function pollHttpSd(options: HttpSdOptions, deps: HttpSdDeps): TargetsSource {
  const { source, http, refreshIntervalMs } = options;
  const url = new URL(options.url);
  const readSecrets = createSecretReader(http);
  const ownHeaders = [
    ...['accept', 'application/json'],
    ...['user-agent', `genesis-exporter/${deps.version}`],
    ...['x-prometheus-refresh-interval-seconds', String(refreshIntervalMs / 1000)],
  ];
  let good: TargetsRead['targets'];

  async function ask(signal: StopSignal): Promise<Exchange> {
    try {
      const { headers, tls: material } = await untilAborted(Promise.resolve(readSecrets()), signal);
      const proxy = proxyFor(http.proxy, url);
      const trace = startTrace();
      const connection = createConnection({ url, tls: http.tls, material, proxy, trace });
      try {
        return await exchange(connection, [...ownHeaders, ...headers], { maxBodyBytes: MAX_BYTES, signal, trace });
      } finally {
        connection.destroy();
      }
    } catch (error) {
      return { kind: 'error', error, statusCode: undefined };
    }
  }

  async function read(signal: StopSignal): Promise<TargetsRead> {
    const found = await readAnswer(await ask(signal));
    if (found.kind === 'targets') good = found.targets;
    const problems = found.kind === 'problems' ? found.problems : [];
    return { targets: good, problems: problems.map((problem) => `${url.origin}${url.pathname}: ${problem}`) };
  }

  return startRefreshing({ source, intervalMs: refreshIntervalMs, read }, deps);
}

async function readAnswer(answer: Exchange): Promise<TargetsText> {
  const failed = (problem: string): TargetsText => ({ kind: 'problems', problems: [problem] });
  switch (answer.kind) {
    case 'answer': {
      const { statusCode, headers, body } = answer;
      if (statusCode !== 200) return failed(`expected status 200, got ${statusCode}`);
      if (!CONTENT_TYPE.test(headers.contentType ?? '')) return failed('expected the content type application/json');
      const read = bodyText(body, headers, MAX_BYTES);
      if (read.kind === 'unreadable') return failed(read.problem);
      if (read.kind === 'too_large') return failed('expected at most 8MiB');
      const { readJsonTargets } = await import('./targets.ts');
      return readJsonTargets(read.text);
    }
    case 'too_large':
      return failed(
        answer.statusCode === 200 ? 'expected at most 8MiB' : `expected status 200, got ${answer.statusCode}`,
      );
    case 'aborted':
      return failed('no complete answer in time');
    case 'error':
      return failed(describeError(answer.error));
    default:
      return answer satisfies never;
  }
}
