import type { ProcessView } from '../domain/view.ts';

/**
 * Rows of the Genesis contract, without the brackets of the array: PROCESS_NAME, STATUS, MESSAGE, PORT in this order, then NODE where
 * given; PORT 0 is unknown.
 */
export function formatHealthRows(processes: readonly ProcessView[], node?: string): string {
  const rows = processes.map(({ name, status, message, port }) => ({
    PROCESS_NAME: name,
    STATUS: status,
    MESSAGE: message,
    PORT: port ?? 0,
    ...(node === undefined ? {} : { NODE: node }),
  }));
  return JSON.stringify(rows).slice(1, -1);
}
