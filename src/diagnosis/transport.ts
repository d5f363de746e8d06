import type { HealthFailure } from '../domain/failure-reason.ts';
import type { Diagnosis } from '../domain/hint.ts';
import { diagnoseLookup } from './lookup.ts';
import { HEALTH, type Wanted } from './wanted.ts';

/** The phases of a request, in order. */
export type Phase = 'secrets' | 'lookup' | 'connect' | 'tls' | 'answer' | 'body';

/** A request without a complete answer. */
export interface SeenTransport {
  readonly reason: HealthFailure;
  readonly phase: Phase;
  /** `host:port` as configured. */
  readonly target: string;
  /** The last `address:port` tried; undefined before the lookup and through a proxy. */
  readonly address: string | undefined;
  /** The message of the system or of a library. */
  readonly problem: string;
  readonly timeoutMs: number;
  /** Received bytes of the body. */
  readonly bodyBytes: number;
  /** The kind of answer that was requested. Default: a health answer. */
  readonly wanted?: Wanted;
}

/** Describes at which address and in which phase a request failed, and how much of the answer arrived. */
export function diagnoseTransport(seen: SeenTransport): Diagnosis {
  const { reason, address, target, problem, timeoutMs } = seen;
  const place = address ?? target;
  switch (reason) {
    case 'refused':
      return { hint: 'connection-refused', text: `${place} refuses connections: nothing listens there (${problem})` };
    case 'unreachable':
      return { hint: 'no-route', text: `no way to ${place} (${problem})` };
    case 'timeout':
      return timeout(seen, place, timeoutMs / 1000);
    case 'dns':
      return dns(seen);
    case 'tls':
      return tls(problem, place, seen.wanted ?? HEALTH);
    case 'reset':
      if (/content-length/.test(problem))
        return { hint: 'broken-http', text: `the answer contradicts its own Content-Length (${problem})` };
      return reset(seen, place);
    default:
      if (seen.phase === 'secrets') return { hint: 'file-unreadable', text: problem };
      if (/^proxy\b/.test(problem)) return { hint: 'proxy-refuses', text: problem };
      return { hint: 'broken-http', text: `${place}: ${problem}` };
  }
}

function reset({ phase, problem, bodyBytes }: SeenTransport, place: string): Diagnosis {
  switch (phase) {
    case 'connect':
      return { hint: 'reset-at-connect', text: `${place} resets the connection attempt (${problem})` };
    case 'tls':
      return {
        hint: 'closed-in-handshake',
        text: `${place} closed the connection within the TLS handshake (${problem})`,
      };
    case 'body':
      return {
        hint: 'closed-in-body',
        text: `${place} closed the connection within the body, after ${bodyBytes} bytes (${problem})`,
      };
    default:
      return { hint: 'closed-before-answer', text: `${place} closed the connection before the answer (${problem})` };
  }
}

function timeout({ phase, bodyBytes }: SeenTransport, place: string, seconds: number): Diagnosis {
  switch (phase) {
    case 'secrets':
    case 'lookup':
    case 'connect':
      return { hint: 'connect-timeout', text: `no connection to ${place} within ${seconds} s` };
    case 'tls':
      return { hint: 'tls-timeout', text: `${place} accepts, and no TLS handshake within ${seconds} s` };
    case 'answer':
      return { hint: 'answer-timeout', text: `${place} accepts, and no complete answer within ${seconds} s` };
    case 'body':
      return {
        hint: 'body-timeout',
        text: `${place} answers, and no complete answer within ${seconds} s: ${bodyBytes} bytes of the body came`,
      };
    default:
      return phase satisfies never;
  }
}

function dns({ target, problem, phase, timeoutMs }: SeenTransport): Diagnosis {
  const why = problem === '' && phase === 'lookup' ? `no answer within ${timeoutMs / 1000} s` : problem;
  return diagnoseLookup(target.replace(/:\d+$/, ''), why);
}

function tls(problem: string, place: string, wanted: Wanted): Diagnosis {
  if (SPEAKS_NO_TLS.test(problem))
    return { hint: 'speaks-no-tls', text: `${place}: the port does not speak TLS; ${wanted.http} (${problem})` };
  const found = TLS_PROBLEMS.find(([pattern]) => pattern.test(problem));
  const [, hint, meaning] = found ?? [/./, 'tls-failed', 'the TLS handshake failed'];
  return { hint, text: `${place}: ${meaning} (${problem})` };
}

/** OpenSSL's messages about bytes that are not TLS. */
export const SPEAKS_NO_TLS = /wrong version number|WRONG_VERSION|packet length too long|http request|HTTP_REQUEST/;

const TLS_PROBLEMS: readonly (readonly [RegExp, Diagnosis['hint'], string])[] = [
  [/CERT_HAS_EXPIRED|expired/i, 'certificate-expired', 'its certificate has expired'],
  [
    /ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    'certificate-other-name',
    'its certificate is for another name; set tls_config.server_name',
  ],
  [
    /SELF_SIGNED|UNABLE_TO|unknown ca/i,
    'certificate-untrusted',
    'its certificate is signed by an unknown authority; set tls_config.ca_file',
  ],
  [
    /certificate required|bad certificate|handshake failure/i,
    'client-certificate-wanted',
    'it refuses our side; does it want a client certificate?',
  ],
];
