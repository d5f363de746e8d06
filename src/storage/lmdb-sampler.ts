import type { NodeView } from '../domain/view.ts';
import type { HistoryRecord } from './records.ts';

/** Samples of one store are at least this far apart. */
const MIN_GAP_MS = 300_000;

interface Last {
  readonly usedRatio: number | undefined;
  readonly totalBytes: number | undefined;
  readonly atMs: number;
}

/** Records how full the LMDB stores of a view are: a store whose figures have changed, at most every five minutes. */
export function createLmdbSampler(sink: (record: HistoryRecord) => void): (view: NodeView, nowMs: number) => void {
  const lastByNode = new Map<string, Map<string, Last>>();

  return ({ snapshot, processes }, nowMs) => {
    const node = snapshot.node.name;
    for (const { name, lmdb } of processes) {
      for (const [store, { usedRatio, totalBytes }] of lmdb.entries()) {
        const known = lastByNode.get(node) ?? new Map<string, Last>();
        lastByNode.set(node, known);
        const key = `${store} ${name}`;
        const last = known.get(key);
        const isSame = last?.usedRatio === usedRatio && last?.totalBytes === totalBytes;
        if (last !== undefined && (isSame || nowMs - last.atMs < MIN_GAP_MS)) continue;
        known.set(key, { usedRatio, totalBytes, atMs: nowMs });
        sink({ kind: 'lmdb', node, sample: { process: name, store, atMs: nowMs, usedRatio, totalBytes } });
      }
    }
  };
}
