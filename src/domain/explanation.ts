import type { ConnectResult, HealthStanding } from './evidence.ts';
import type { ProcessReport } from './process-report.ts';
import { formatHostPort } from './target-address.ts';
import type { Verdict } from './verdict.ts';

/** What explains a verdict. */
export interface ExplanationInput {
  readonly verdict: Verdict;
  readonly health: HealthStanding;
  readonly report: ProcessReport | undefined;
  /** The connect result that counts as evidence. */
  readonly connect: ConnectResult | undefined;
  /** Why the latest health probe failed, for the operator; empty after a success. */
  readonly failure: string;
  readonly staleAfterMs: number;
}

const NOT_REPORTED = "not in Genesis' answer";

/** The served MESSAGE: Genesis' own text, and `;exporter: ...` if the served STATUS differs from the reported word. */
export function explain(input: ExplanationInput): string {
  const genesis = input.health === 'good' ? (input.report?.message ?? '') : '';
  const ours = explainReason(input);
  return ours === '' ? genesis : `${genesis};exporter: ${ours}`;
}

function explainReason({ verdict, health, connect, failure, staleAfterMs }: ExplanationInput): string {
  switch (verdict.reason) {
    case undefined:
    case 'reported':
      return '';
    case 'bad_row':
      return 'the row has no STATUS word';
    case 'pending':
      return 'not probed yet';
    case 'not_reported':
      return [NOT_REPORTED, ...describeConnect(connect)].join(', ');
    case 'connect_failed':
      return describeConnect(connect).join();
    case 'health_unavailable':
      return failure;
    case 'stale':
      return health === 'off' ? 'no recent connect probe' : `no answer from Genesis for over ${staleAfterMs / 1000} s`;
    /* v8 ignore next 2 -- @preserve the type leaves no other value */
    default:
      return verdict.reason satisfies never;
  }
}

function describeConnect(connect: ConnectResult | undefined): readonly string[] {
  return connect === undefined ? [] : [`connect ${formatHostPort(connect.host, connect.port)} ${connect.outcome}`];
}
