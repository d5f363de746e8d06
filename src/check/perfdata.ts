import type { NodeView, ProcessView } from '../domain/view.ts';
import { printable } from './printable.ts';

/** Thresholds of the shipped LMDB alerts, in per cent. They are for graphs only and do not change the exit code. */
const LMDB_THRESHOLDS = '70;85';

/** Performance data of a Nagios plugin: LMDB use in per cent, connect durations in seconds. With several nodes a label begins with the node's name. */
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

/** Quotes, bars and equals signs have a special meaning in a label, and not every consumer understands escapes. */
function label(text: string): string {
  return `'${printable(text).replaceAll(/['|=]/g, '_')}'`;
}
