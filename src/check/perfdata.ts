import type { NodeView, ProcessView } from '../domain/view.ts';
import { printable } from './printable.ts';

/** From where on the shipped alerts call a store almost full, in per cent; for graphs alone, the exit code is not theirs. */
const LMDB_THRESHOLDS = '70;85';

/** Performance data of a Nagios plugin: per cents of LMDB stores, seconds of connects; labels begin with the node's name if there are several. */
export function perfdata(views: readonly NodeView[]): string {
  return views
    .flatMap(({ snapshot, processes }) => {
      const prefix = views.length > 1 ? `${snapshot.node.name} ` : '';
      return processes.flatMap((process) => measurements(process, `${prefix}${process.name}`));
    })
    .join(' ');
}

function measurements({ lmdb, connect }: ProcessView, name: string): readonly string[] {
  const stores = lmdb.flatMap(({ usedRatio }, store) => {
    if (usedRatio === undefined) return [];
    return [`${label(`${name} lmdb${store}`)}=${Number((usedRatio * 100).toFixed(2))}%;${LMDB_THRESHOLDS};0;100`];
  });
  if (connect?.outcome !== 'ok') return stores;
  return [...stores, `${label(`${name} connect`)}=${(connect.timing.durationMs / 1000).toFixed(6)}s;;;0`];
}

/** Quotes, bars and equals signs have a meaning of their own, and not every reader knows how to undo an escape. */
function label(text: string): string {
  return `'${printable(text).replaceAll(/['|=]/g, '_')}'`;
}
