/** Steps of a request, in their order. */
export type RequestPhase = 'secrets' | 'lookup' | 'connect' | 'tls' | 'answer' | 'body';

/** The progress of a request. The parts of the client update it. */
export interface RequestTrace {
  phase: RequestPhase;
  /** The IP address of the connection or of the current attempt; undefined before, and when a proxy or the system chooses it. */
  address: string | undefined;
  /** Whether that address is this machine's own; undefined while it is not known. */
  isLocal: boolean | undefined;
  /** The first bytes from the peer, at most 4,096; undefined before the first one. */
  firstBytes: Uint8Array | undefined;
  /** Bytes of the body so far. */
  bodyBytes: number;
}

/** Creates the trace of a new request. */
export function startTrace(): RequestTrace {
  return { phase: 'secrets', address: undefined, isLocal: undefined, firstBytes: undefined, bodyBytes: 0 };
}
