import type { ConnectFailure } from '../domain/failure-reason.ts';
import type { Hint } from '../domain/hint.ts';
import { detailLine } from './excerpt.ts';
import { diagnoseTransport, type Phase, SPEAKS_NO_TLS } from './transport.ts';

/** A connect probe of a process' port that failed. */
export interface SeenConnect {
  readonly reason: ConnectFailure;
  /** The phase in which the probe failed. */
  readonly phase: Extract<Phase, 'lookup' | 'connect' | 'tls'>;
  /** `host:port` as configured. */
  readonly target: string;
  /** The last `address:port` tried; undefined before the lookup has succeeded. */
  readonly address: string | undefined;
  /** The message of the system or of OpenSSL. */
  readonly problem: string;
  readonly timeoutMs: number;
}

/** A failed connect in one line, and a hint where the cause is recognised. */
export interface ConnectDiagnosis {
  readonly detail: string;
  readonly hint: Hint | undefined;
}

/** Describes at which address and in which phase a connect failed. Connect probes do not verify certificates. */
export function diagnoseConnect(seen: SeenConnect): ConnectDiagnosis {
  const { reason, address, target, problem } = seen;
  const place = address ?? target;
  if (reason === 'tls' && SPEAKS_NO_TLS.test(problem)) {
    const text = `${place}: the port does not speak TLS, and the process is configured with it (${problem})`;
    return { hint: 'process-without-tls', detail: detailLine(text) };
  }
  if (reason === 'other') return { hint: undefined, detail: detailLine(`${place}: ${problem}`) };
  const { hint, text } = diagnoseTransport({ ...seen, bodyBytes: 0 });
  return { hint, detail: detailLine(text) };
}
