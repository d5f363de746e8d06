import type { HealthEndpoint } from '../config/settings.ts';
import type { HealthResult } from '../domain/evidence.ts';
import type { HealthFailure } from '../domain/failure-reason.ts';
import { type HealthBody, type HealthBodyOptions, parseHealthBody } from '../genesis/health-body.ts';
import type { Exchange } from '../http-client/exchange.ts';
import { describeError, failureReason, isOwnFailure } from '../http-client/failure-reason.ts';
import type { RequestTrace } from '../http-client/trace.ts';

type WithoutTiming<Result> = Result extends HealthResult ? Omit<Result, 'timing'> : never;

/** A health result before it is known how long it took. */
export type HealthOutcome = WithoutTiming<HealthResult>;

/** Reads the text of a health answer. */
export type ReadBody = (text: string) => HealthBody;

/** A longer text is not kept. */
const MAX_KEPT_LENGTH = 65_536;

/** A reader that keeps what it read last: most answers of a node are letter for letter the one before. */
export function createBodyReader(options: HealthBodyOptions): ReadBody {
  let last: { readonly text: string; readonly body: HealthBody } | undefined;

  return (text) => {
    if (last !== undefined && last.text === text) return last.body;
    const body = parseHealthBody(text, options);
    last = text.length <= MAX_KEPT_LENGTH ? { text, body } : undefined;
    return body;
  };
}

/** Beside the answer: where it came from, how to read it, and how far the request came. */
export interface HealthExchange {
  readonly endpoint: HealthEndpoint;
  readonly readBody: ReadBody;
  readonly trace: RequestTrace;
}

/** What an exchange with a health endpoint means. The details are sentences for an operator, without credentials. */
export function healthOutcome(answer: Exchange, { endpoint, readBody, trace }: HealthExchange): HealthOutcome {
  const { statusCode } = answer;
  const { address: remoteAddress, isLocal } = trace;
  function failed(reason: HealthFailure, detail: string): HealthOutcome {
    const { origin, pathname } = new URL(endpoint.url);
    return {
      kind: 'failed',
      reason,
      detail: `health endpoint ${origin}${pathname}: ${detail}`,
      statusCode,
      remoteAddress,
      isLocal,
    };
  }
  switch (answer.kind) {
    case 'answer': {
      if (statusCode !== 200 && statusCode !== 503) return failed('http_status', describeStatus(answer.statusCode));
      const body = readBody(answer.text);
      if (body.kind === 'failure') return failed(body.reason, body.detail);
      return { kind: 'good', statusCode, report: body.report, remoteAddress, isLocal };
    }
    case 'too_large':
      return failed('body_too_large', `the body is larger than max_body_bytes (${endpoint.maxBodyBytes})`);
    case 'aborted':
      if (trace.phase === 'lookup') return failed('dns', `the lookup took longer than ${endpoint.timeoutMs / 1000} s`);
      return failed('timeout', `no complete answer within ${endpoint.timeoutMs / 1000} s`);
    case 'error':
      if (isOwnFailure(answer.error)) return failed('other', describeOwnFailure(answer.error));
      return failed(failureReason(answer.error), describeError(answer.error));
    default:
      return answer satisfies never;
  }
}

function describeStatus(statusCode: number): string {
  const isRedirect = statusCode >= 300 && statusCode < 400 && statusCode !== 304;
  return `answered ${statusCode}${isRedirect ? ', and redirects are not followed' : ''}`;
}

function describeOwnFailure(error: unknown): string {
  return `this exporter ran out of descriptors, ports or memory: ${describeError(error)}`;
}
