import { diagnoseBody } from '../diagnosis/body.ts';
import { diagnoseNoHttp } from '../diagnosis/no-http.ts';
import { diagnoseStatus } from '../diagnosis/status.ts';
import { diagnoseTransport } from '../diagnosis/transport.ts';
import { TARGETS } from '../diagnosis/wanted.ts';
import type { HealthFailure } from '../domain/failure-reason.ts';
import type { Diagnosis } from '../domain/hint.ts';
import { formatHostPort } from '../domain/target-address.ts';
import { type BodyText, bodyText } from '../http-client/body-text.ts';
import type { Answer, Exchange } from '../http-client/exchange.ts';
import { describeError, failureReason, isParserError } from '../http-client/failure-reason.ts';
import type { RequestTrace } from '../http-client/trace.ts';
import type { TargetsText } from './targets.ts';

/** The exporter reads at most this many bytes of an answer. */
export const MAX_BYTES = 8 * 1024 ** 2;

/** The content type that Prometheus requires: JSON, and UTF-8 if a charset is given. */
const CONTENT_TYPE = /^application\/json(?:\s*;\s*charset=(?:utf-8|"utf-8"))?$/i;

/** The source of an answer, and the trace of the request. */
export interface AnswerOptions {
  readonly url: URL;
  readonly trace: RequestTrace;
  /** Secrets to hide in problems. */
  readonly secrets: () => readonly string[];
  readonly timeoutMs: number;
}

/** Reads target groups from the answer of a discovery service, or describes the answer instead. */
export async function readAnswer(answer: Exchange, options: AnswerOptions): Promise<TargetsText> {
  const { trace, secrets } = options;
  switch (answer.kind) {
    case 'answer':
      return readBody(answer, options);
    case 'too_large':
      return failed({ text: 'expected at most 8MiB', hint: 'body-too-large' });
    case 'aborted':
      return failed(unanswered(trace.phase === 'lookup' ? 'dns' : 'timeout', '', options));
    case 'error': {
      const problem = describeError(answer.error);
      const { firstBytes } = trace;
      if (firstBytes !== undefined && isParserError(answer.error))
        return failed(diagnoseNoHttp(firstBytes, problem, secrets(), TARGETS));
      return failed(unanswered(failureReason(answer.error), problem, options));
    }
    default:
      return answer satisfies never;
  }
}

function failed({ text, hint }: Diagnosis): TargetsText {
  return { kind: 'problems', problems: [text], hints: [hint] };
}

function unanswered(reason: HealthFailure, problem: string, { url, trace, timeoutMs }: AnswerOptions): Diagnosis {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const { phase, bodyBytes, address } = trace;
  return diagnoseTransport({
    reason,
    phase,
    target: `${url.hostname}:${port}`,
    address: address && formatHostPort(address, Number(port)),
    problem,
    timeoutMs,
    bodyBytes,
    wanted: TARGETS,
  });
}

async function readBody({ statusCode, headers, body }: Answer, options: AnswerOptions): Promise<TargetsText> {
  const { url, secrets } = options;
  const decoded = bodyText(body, headers, MAX_BYTES);
  const text = decoded.kind === 'text' ? decoded.text : undefined;
  const seen = { ...headers, statusCode, secrets: secrets(), wanted: TARGETS };
  if (statusCode !== 200) return failed(diagnoseStatus({ ...seen, url, text: text ?? '' }));
  if (decoded.kind === 'too_large') return failed({ text: 'expected at most 8MiB', hint: 'body-too-large' });
  const told = { ...seen, bytes: body, text };
  if (!CONTENT_TYPE.test(headers.contentType ?? '')) {
    const problem = 'expected the content type application/json';
    return failed(diagnoseBody({ ...told, problem, problemHint: 'other-content-type' }));
  }
  return readText(decoded, told);
}

async function readText(
  decoded: Exclude<BodyText, { kind: 'too_large' }>,
  seen: Omit<Parameters<typeof diagnoseBody>[0], 'problem'>,
): Promise<TargetsText> {
  if (decoded.kind === 'unreadable') return failed(diagnoseBody({ ...seen, problem: decoded.problem }));
  const { readJsonTargets } = await import('./targets.ts');
  const found = readJsonTargets(decoded.text);
  if (found.kind === 'targets' || found.other === undefined) return found;
  return failed(diagnoseBody({ ...seen, ...found.other, problem: found.problems.join('; ') }));
}
