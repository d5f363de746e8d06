import type { HealthEndpoint } from '../config/settings.ts';
import type { HealthResult } from '../domain/evidence.ts';
import type { HealthFailure } from '../domain/failure-reason.ts';
import type { StatusAliases } from '../domain/process-state.ts';
import { parseHealthBody } from '../genesis/health-body.ts';
import type { Exchange } from '../http-client/exchange.ts';
import { describeError, failureReason, isOwnFailure } from '../http-client/failure-reason.ts';

type WithoutTiming<Result> = Result extends HealthResult ? Omit<Result, 'timing'> : never;

/** A health result before it is known how long it took. */
export type HealthOutcome = WithoutTiming<HealthResult>;

/** What an exchange with a health endpoint means. The details are sentences for an operator, without credentials. */
export function healthOutcome(answer: Exchange, endpoint: HealthEndpoint, statusAliases: StatusAliases): HealthOutcome {
  const { statusCode } = answer;
  function failed(reason: HealthFailure, detail: string): HealthOutcome {
    const { origin, pathname } = new URL(endpoint.url);
    return { kind: 'failed', reason, detail: `health endpoint ${origin}${pathname}: ${detail}`, statusCode };
  }
  switch (answer.kind) {
    case 'answer': {
      if (statusCode !== 200 && statusCode !== 503) return failed('http_status', describeStatus(answer.statusCode));
      const body = parseHealthBody(answer.text, { statusAliases, maxProcesses: endpoint.maxProcesses });
      if (body.kind === 'failure') return failed(body.reason, body.detail);
      return { kind: 'good', statusCode, report: body.report };
    }
    case 'too_large':
      return failed('body_too_large', `the body is larger than max_body_bytes (${endpoint.maxBodyBytes})`);
    case 'aborted':
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
