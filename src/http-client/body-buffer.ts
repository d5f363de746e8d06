const FIRST_BYTES = 4096;

/** The bytes of an answer's body so far, in one block: what a peer splits into single bytes costs no more. */
export interface BodyBuffer {
  /** False, and nothing kept, when the body would grow over its cap. */
  push(chunk: Uint8Array): boolean;
  bytes(): Uint8Array;
}

/** An empty body of at most `maxBytes`; memory grows with what really came. */
export function createBodyBuffer(maxBytes: number): BodyBuffer {
  let bytes: Uint8Array = new Uint8Array(0);
  let length = 0;

  function push(chunk: Uint8Array): boolean {
    const needed = length + chunk.length;
    if (needed > maxBytes) return false;
    if (length === 0) {
      // Most bodies come in one piece, which need not be copied.
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
