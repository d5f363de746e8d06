const FIRST_BYTES = 4096;

/** The received bytes of a body in one block, so that a body split into single bytes costs no more. */
export interface BodyBuffer {
  /** Adds bytes; false, and the body is dropped, when it would exceed its limit. */
  push(chunk: Uint8Array): boolean;
  bytes(): Uint8Array;
}

/** Creates an empty body of at most `maxBytes`. Memory grows with the received bytes. */
export function createBodyBuffer(maxBytes: number): BodyBuffer {
  let bytes: Uint8Array = new Uint8Array(0);
  let length = 0;

  function push(chunk: Uint8Array): boolean {
    const needed = length + chunk.length;
    if (needed > maxBytes) return false;
    if (length === 0) {
      // Most bodies arrive in one chunk, which needs no copy.
      bytes = chunk;
    } else if (needed > bytes.length) {
      const grown = new Uint8Array(Math.min(maxBytes, Math.max(needed, 2 * bytes.length, FIRST_BYTES)));
      grown.set(bytes.subarray(0, length));
      grown.set(chunk, length);
      bytes = grown;
    } else {
      bytes.set(chunk, length);
    }
    length = needed;
    return true;
  }

  return { push, bytes: () => bytes.subarray(0, length) };
}
