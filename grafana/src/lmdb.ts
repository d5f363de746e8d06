import { byProcess, NODE_LABELS, ofProcess } from './promql.ts';

const USED = ofProcess('genesis_process_lmdb_used_ratio');

/** How full each LMDB store is, 0 to 1. */
export function lmdbUsed(): string {
  return byProcess(USED, 'store');
}

/** How full each LMDB store will be after this number of hours if it grows as in the last hour; never below 0. */
export function lmdbUsedIn(hours: number): string {
  return byProcess(`clamp_min(predict_linear(${USED}[1h], ${hours} * 3600), 0)`, 'store');
}

/** Seconds until each LMDB store is full if it grows as in the last hour; only for stores that grow. */
export function lmdbFullIn(): string {
  return `min by (${NODE_LABELS}, process, store) ((1 - ${USED}) / (deriv(${USED}[1h]) > 0))`;
}

/** Used bytes of each LMDB store, accurate to about 1 % of its size. */
export function lmdbUsedBytes(): string {
  return byProcess(`${USED} * ${ofProcess('genesis_process_lmdb_size_bytes')}`, 'store');
}
