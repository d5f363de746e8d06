/** Steps of a request, in their order. */
export type RequestPhase = 'secrets' | 'lookup' | 'connect' | 'tls' | 'answer' | 'body';

/** How far a request has come; the parts of the client write it as they go. */
export interface RequestTrace {
  phase: RequestPhase;
  /** The IP address that is being connected to, or is connected to; undefined before, and where a proxy or the system chooses it. */
  address: string | undefined;
  /** Whether that address is this machine's own; undefined while it is not known. */
  isLocal: boolean | undefined;
  /** The beginning of what the other side sent, at most 4,096 bytes; undefined before the first byte. */
  firstBytes: Uint8Array | undefined;
  /** Bytes of the body so far. */
  bodyBytes: number;
}

/** The trace of a request that has not begun. */
export function startTrace(): RequestTrace {
  return { phase: 'secrets', address: undefined, isLocal: undefined, firstBytes: undefined, bodyBytes: 0 };
}
