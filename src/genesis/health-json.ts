import type { ProcessView } from '../domain/view.ts';

/** A process to be shown, and the node it is on when that is to be shown too. */
export interface HealthRow {
  readonly process: ProcessView;
  readonly node?: string;
}

/** The JSON array of the Genesis contract: PROCESS_NAME, STATUS, MESSAGE, PORT in this order, then NODE where given; PORT 0 is unknown. */
export function formatHealthJson(rows: readonly HealthRow[]): string {
  return JSON.stringify(
    rows.map(({ process, node }) => ({
      PROCESS_NAME: process.name,
      STATUS: process.status,
      MESSAGE: process.message,
      PORT: process.port ?? 0,
      ...(node === undefined ? {} : { NODE: node }),
    })),
  );
}
