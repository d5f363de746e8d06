import type { Socket } from 'node:net';
import type { HealthFailure } from '../../src/domain/failure-reason.ts';
import type { NodeReason } from '../../src/domain/node-health.ts';

/** PROCESS_NAME, STATUS and PORT of a row as it is to be served. */
export type ServedRow = readonly [name: string, status: string, port: number];

/** What every reader is to see of a node whose only process was well, while a fault lasts. */
export type Expected =
  /** Nothing was understood: every row UNKNOWN, with a message that `says` matches; where the machine decides, several reasons. */
  | { readonly kind: 'failed'; readonly reasons: readonly HealthFailure[]; readonly says: RegExp }
  /** An answer after all, however odd: these rows, and why the node is not healthy if it is not. */
  | { readonly kind: 'understood'; readonly reason?: NodeReason; readonly rows: readonly ServedRow[] };

/** Something that can be wrong with the answer to a request. */
export interface AnswerFault {
  readonly name: string;
  /** Answers one request, whose head has been read. */
  readonly answer: (socket: Socket) => void;
  readonly expected: Expected;
}

/** Something that can be wrong with a whole endpoint. */
export interface PlaceFault {
  readonly name: string;
  /** Opens an endpoint that is well. */
  readonly open: () => Promise<Place>;
  readonly expected: Expected;
}

/** An endpoint with a fault that can come and go. */
export interface Place {
  readonly url: string;
  setBroken(isBroken: boolean): Promise<void>;
}

/** A probe that fails for this reason; our part of the message says so. */
export function failed(reasons: HealthFailure | readonly HealthFailure[], says: RegExp): Expected {
  return { kind: 'failed', reasons: typeof reasons === 'string' ? [reasons] : reasons, says };
}

/** An answer that is understood and healthy. */
export function healthy(...rows: readonly ServedRow[]): Expected {
  return { kind: 'understood', rows };
}

/** An answer that is understood, with what it makes of the node. */
export function unhealthy(reason: NodeReason, ...rows: readonly ServedRow[]): Expected {
  return { kind: 'understood', reason, rows };
}
