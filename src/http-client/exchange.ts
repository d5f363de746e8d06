import type { StopSignal } from '../domain/stop-signal.ts';
import { createBodyBuffer } from './body-buffer.ts';
import type { Connection } from './connection.ts';
import type { RequestTrace } from './trace.ts';

/** An answer. Unless its status is 200 or 503, the body may be cut or missing. */
export interface Answer {
  readonly kind: 'answer';
  readonly statusCode: number;
  readonly headers: AnswerHeaders;
  /** The received bytes, perhaps compressed. */
  readonly body: Uint8Array;
}

/** The headers that readers need, as received. */
export interface AnswerHeaders {
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly location: string | undefined;
}

/** Limits of one request. */
export interface ExchangeOptions {
  readonly maxBodyBytes: number;
  readonly signal: StopSignal;
  readonly trace: RequestTrace;
}

/** How one request went. */
export type Exchange =
  | Answer
  | { readonly kind: 'too_large'; readonly statusCode: number }
  /** The signal came first. */
  | { readonly kind: 'aborted'; readonly statusCode: number | undefined }
  | { readonly kind: 'error'; readonly error: unknown; readonly statusCode: number | undefined };

// For other status codes only the beginning matters. It is read up to this limit, so that closing sends no reset.
const MAX_OTHER_BYTES = 65_536;

/**
 * Sends a GET and reads the answer: the body of a 200 or 503 up to `maxBodyBytes`. With any other code it is an answer even if
 * the body fails. Never rejects. `signal` belongs to this one request; its listener is not removed.
 */
export function exchange(
  connection: Connection,
  requestHeaders: readonly string[],
  { maxBodyBytes, signal, trace }: ExchangeOptions,
): Promise<Exchange> {
  return new Promise((resolve) => {
    let statusCode: number | undefined;
    let headers: AnswerHeaders = { contentType: undefined, contentEncoding: undefined, location: undefined };
    let body = createBodyBuffer(0);

    function settle(result: Exchange): void {
      if (statusCode === undefined || isHealthCode(statusCode)) resolve(result);
      else resolve({ kind: 'answer', statusCode, headers, body: body.bytes() });
    }

    signal.addEventListener('abort', () => settle({ kind: 'aborted', statusCode }));
    connection.get(requestHeaders, {
      onRequestStart() {},
      onResponseStart(_controller, code, given) {
        trace.phase = 'body';
        statusCode = code;
        headers = {
          contentType: textOf(given['content-type']),
          contentEncoding: textOf(given['content-encoding']),
          location: textOf(given['location']),
        };
        const maxBytes = isHealthCode(code) ? maxBodyBytes : MAX_OTHER_BYTES;
        body = createBodyBuffer(maxBytes);
        if (Number(given['content-length']) > maxBytes) settle({ kind: 'too_large', statusCode });
      },
      onResponseData(_controller, chunk) {
        trace.bodyBytes += chunk.length;
        if (!body.push(chunk) && statusCode !== undefined) settle({ kind: 'too_large', statusCode });
      },
      onResponseEnd() {
        if (statusCode !== undefined) settle({ kind: 'answer', statusCode, headers, body: body.bytes() });
      },
      onResponseError(_controller, error) {
        settle({ kind: 'error', error, statusCode });
      },
    });
  });
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}

function isHealthCode(statusCode: number): boolean {
  return statusCode === 200 || statusCode === 503;
}
