import type { StopSignal } from '../domain/stop-signal.ts';
import { createBodyBuffer } from './body-buffer.ts';
import type { Connection } from './connection.ts';
import type { RequestTrace } from './trace.ts';

/** An answer; `text` is the body of a 200 or 503, else empty. */
export interface Answer {
  readonly kind: 'answer';
  readonly statusCode: number;
  /** As the header has it. */
  readonly contentType: string | undefined;
  readonly text: string;
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

// Of an answer with another code only the beginning is of interest. Up to this it is read, so that closing is no reset.
const MAX_OTHER_BYTES = 65_536;

/**
 * Sends a GET and reads the answer: the body of a 200 or 503 up to `maxBodyBytes`; of any other code it is an answer whatever
 * becomes of its body. Never rejects. Listens to `signal`, which belongs to this one request, for as long as that lives.
 */
export function exchange(
  connection: Connection,
  headers: readonly string[],
  { maxBodyBytes, signal, trace }: ExchangeOptions,
): Promise<Exchange> {
  return new Promise((resolve) => {
    let statusCode: number | undefined;
    let contentType: string | undefined;
    let body = createBodyBuffer(0);

    function settle(result: Exchange): void {
      if (statusCode === undefined || isHealthCode(statusCode)) resolve(result);
      else resolve({ kind: 'answer', statusCode, contentType, text: '' });
    }

    signal.addEventListener('abort', () => settle({ kind: 'aborted', statusCode }));
    connection.get(headers, {
      onRequestStart() {},
      onResponseStart(_controller, code, { 'content-length': announced, 'content-type': type }) {
        // 103 and its like come before the answer.
        if (code < 200) return;
        trace.phase = 'body';
        statusCode = code;
        contentType = Array.isArray(type) ? type.join(', ') : type;
        const maxBytes = isHealthCode(code) ? maxBodyBytes : MAX_OTHER_BYTES;
        body = createBodyBuffer(maxBytes);
        if (Number(announced) > maxBytes) settle({ kind: 'too_large', statusCode });
      },
      onResponseData(_controller, chunk) {
        if (statusCode !== undefined && !body.push(chunk)) settle({ kind: 'too_large', statusCode });
      },
      onResponseEnd() {
        if (statusCode !== undefined) settle({ kind: 'answer', statusCode, contentType, text: body.text() });
      },
      onResponseError(_controller, error) {
        settle({ kind: 'error', error, statusCode });
      },
    });
  });
}

function isHealthCode(statusCode: number): boolean {
  return statusCode === 200 || statusCode === 503;
}
