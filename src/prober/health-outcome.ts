import type { HealthEndpoint } from '../config/settings.ts';
import { diagnoseBody } from '../diagnosis/body.ts';
import { detailLine } from '../diagnosis/excerpt.ts';
import { diagnoseOwnFailure } from '../diagnosis/lookup.ts';
import { diagnoseNoHttp } from '../diagnosis/no-http.ts';
import { diagnoseStatus } from '../diagnosis/status.ts';
import { diagnoseTransport } from '../diagnosis/transport.ts';
import type { HealthResult } from '../domain/evidence.ts';
import type { HealthFailure } from '../domain/failure-reason.ts';
import type { Diagnosis } from '../domain/hint.ts';
import { formatHostPort } from '../domain/target-address.ts';
import { type HealthBody, type HealthBodyOptions, parseHealthBody } from '../genesis/health-body.ts';
import { bodyText } from '../http-client/body-text.ts';
import type { Answer, Exchange } from '../http-client/exchange.ts';
import { describeError, failureReason, isOwnFailure, isParserError } from '../http-client/failure-reason.ts';
import type { RequestTrace } from '../http-client/trace.ts';

type WithoutTiming<Result> = Result extends HealthResult ? Omit<Result, 'timing'> : never;

/** A health result without its timing. */
export type HealthOutcome = WithoutTiming<HealthResult>;

/** Reads the text of a health answer. */
export type ReadBody = (text: string) => HealthBody;

/** Longer texts are not cached. */
const MAX_KEPT_LENGTH = 65_536;

/** A reader that caches the last answer: most answers of a node equal the one before. */
export function createBodyReader(options: HealthBodyOptions): ReadBody {
  let last: { readonly text: string; readonly body: HealthBody } | undefined;

  return (text) => {
    if (last !== undefined && last.text === text) return last.body;
    const body = parseHealthBody(text, options);
    last = text.length <= MAX_KEPT_LENGTH ? { text, body } : undefined;
    return body;
  };
}

/** The source of an answer, how to read it, and the trace of the request. */
export interface HealthExchange {
  readonly endpoint: HealthEndpoint;
  readonly readBody: ReadBody;
  readonly trace: RequestTrace;
  /** Secrets to hide in details; called only after a failure. */
  readonly secrets: () => readonly string[];
}

/** Judges an exchange with a health endpoint. The details are for the operator and contain no credentials. */
export function healthOutcome(answer: Exchange, { endpoint, readBody, trace, secrets }: HealthExchange): HealthOutcome {
  const { statusCode } = answer;
  const url = new URL(endpoint.url);
  const { address: remoteAddress, isLocal } = trace;
  function failed(reason: HealthFailure, { text, hint }: Diagnosis): HealthOutcome {
    const detail = detailLine(`health endpoint ${url.origin}${url.pathname}: ${text}`);
    return { kind: 'failed', reason, detail, hint, statusCode, remoteAddress, isLocal };
  }
  function tooLarge(): HealthOutcome {
    const text = `the body is larger than max_body_bytes (${endpoint.maxBodyBytes})`;
    return failed('body_too_large', { text, hint: 'body-too-large' });
  }
  function unanswered(reason: HealthFailure, problem: string): HealthOutcome {
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    const address = remoteAddress && formatHostPort(remoteAddress, Number(port));
    const { phase, bodyBytes } = trace;
    const { timeoutMs } = endpoint;
    const target = `${url.hostname}:${port}`;
    return failed(reason, diagnoseTransport({ reason, phase, address, target, problem, timeoutMs, bodyBytes }));
  }
  function understood({ statusCode: code, headers, body }: Answer): HealthOutcome {
    const decoded = bodyText(body, headers, endpoint.maxBodyBytes);
    const text = decoded.kind === 'text' ? decoded.text : undefined;
    if (code !== 200 && code !== 503)
      return failed(
        'http_status',
        diagnoseStatus({ ...headers, url, statusCode: code, text: text ?? '', secrets: secrets() }),
      );
    if (decoded.kind === 'too_large') return tooLarge();
    const read: HealthBody =
      decoded.kind === 'text'
        ? readBody(decoded.text)
        : { kind: 'failure', reason: 'bad_json', detail: decoded.problem };
    if (read.kind === 'report') return { kind: 'good', statusCode: code, report: read.report, remoteAddress, isLocal };
    const { reason, detail: problem, syntaxError, value } = read;
    if (reason === 'too_many_processes') return failed(reason, { text: problem, hint: 'too-many-rows' });
    const seen = { statusCode: code, bytes: body, text, problem, syntaxError, value, secrets: secrets() };
    return failed(reason, diagnoseBody({ ...headers, ...seen }));
  }

  switch (answer.kind) {
    case 'answer':
      return understood(answer);
    case 'too_large':
      return tooLarge();
    case 'aborted':
      return unanswered(trace.phase === 'lookup' ? 'dns' : 'timeout', '');
    case 'error': {
      const problem = describeError(answer.error);
      if (isOwnFailure(answer.error)) return failed('other', diagnoseOwnFailure(problem));
      const reason = failureReason(answer.error);
      const { firstBytes } = trace;
      if (firstBytes === undefined || !isParserError(answer.error)) return unanswered(reason, problem);
      return failed(reason, diagnoseNoHttp(firstBytes, problem, secrets()));
    }
    default:
      return answer satisfies never;
  }
}
