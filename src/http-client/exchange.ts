import type { StopSignal } from '../domain/stop-signal.ts';
import { createBodyBuffer } from './body-buffer.ts';
import type { Connection } from './connection.ts';

/** An answer; `text` is the body of a 200 or 503, else empty. */
export interface Answer {
  readonly kind: 'answer';
  readonly statusCode: number;
  /** As the header has it. */
  readonly contentType: string | undefined;
  readonly text: string;
  readonly isComplete: boolean;
}

/** How one request went. Only a complete answer leaves the connection fit for another. */
export type Exchange =
  | Answer
  | { readonly kind: 'too_large'; readonly statusCode: number }
  /** The signal came first. */
  | { readonly kind: 'aborted'; readonly statusCode: number | undefined }
  | { readonly kind: 'error'; readonly error: unknown; readonly statusCode: number | undefined };

// The body of another code is read for the connection's sake alone: a page of an error, not a download.
const MAX_DUMPED_BYTES = 65_536;

/**
 * Sends a GET and takes the answer: the body of a 200 or 503 up to `maxBodyBytes`, of any other code the code alone.
 * Never rejects. Listens to `signal`, which is one probe's own, for as long as that lives.
 */
export function exchange(
  connection: Connection,
  headers: readonly string[],
  maxBodyBytes: number,
  signal: StopSignal,
): Promise<Exchange> {
  return new Promise((resolve) => {
    let statusCode: number | undefined;
    let contentType: string | undefined;
    let body = createBodyBuffer(0);

    function settle(result: Exchange): void {
      if (statusCode === undefined || isHealthCode(statusCode)) resolve(result);
      else resolve({ kind: 'answer', statusCode, contentType, text: '', isComplete: result.kind === 'answer' });
    }

    signal.addEventListener('abort', () => settle({ kind: 'aborted', statusCode }));
    connection.get(headers, {
      onRequestStart() {},
      onResponseStart(_controller, code, { 'content-length': announced, 'content-type': type }) {
        // 103 and its like come before the answer.
        if (code < 200) return;
        statusCode = code;
        contentType = Array.isArray(type) ? type.join(', ') : type;
        const maxBytes = isHealthCode(code) ? maxBodyBytes : MAX_DUMPED_BYTES;
        body = createBodyBuffer(maxBytes);
        if (Number(announced) > maxBytes) settle({ kind: 'too_large', statusCode });
      },
      onResponseData(_controller, chunk) {
        if (statusCode !== undefined && !body.push(chunk)) settle({ kind: 'too_large', statusCode });
      },
      onResponseEnd() {
        if (statusCode === undefined) return;
        settle({ kind: 'answer', statusCode, contentType, text: body.text(), isComplete: true });
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
