/** What one LMDB part of a MESSAGE says; a figure that the text does not give, or that cannot be, is undefined. */
export interface LmdbUsage {
  /** Share in use, 0 to 1; Genesis prints whole per cents. */
  readonly usedRatio: number | undefined;
  /** Size of the store in bytes. */
  readonly totalBytes: number | undefined;
}

/** More LMDB parts than this in one message are not counted. */
export const MAX_LMDB_STORES = 16;

/** Keeps the figures that can be true: a share of at most 100 per cent, a size above 0. */
export function lmdbUsage(usedPercent: number, totalBytes: number | undefined): LmdbUsage {
  return {
    usedRatio: usedPercent >= 0 && usedPercent <= 100 ? usedPercent / 100 : undefined,
    totalBytes: totalBytes !== undefined && totalBytes > 0 && Number.isFinite(totalBytes) ? totalBytes : undefined,
  };
}
