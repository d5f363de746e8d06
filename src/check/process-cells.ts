import type { LmdbUsage } from '../domain/lmdb-usage.ts';
import type { NodeView, ProcessView } from '../domain/view.ts';
import { printable } from './printable.ts';
import type { Colour } from './terminal.ts';
import { genesisMessage, processWhy, statusWords } from './words.ts';

/** What stands in one place of a table. */
export interface Cell {
  /** Printable; empty for nothing. */
  readonly text: string;
  readonly colour?: Colour;
}

/** The cells of a process, from the left to the right. */
export interface ProcessCells {
  readonly NODE: Cell;
  readonly PROCESS: Cell;
  readonly STATUS: Cell;
  readonly PORT: Cell;
  readonly CONNECT: Cell;
  readonly LMDB: Cell;
  readonly MESSAGE: Cell;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** What a table says of one process of a node. */
export function processCells({ snapshot }: NodeView, process: ProcessView): ProcessCells {
  const { name, port, lmdb } = process;
  return {
    NODE: { text: printable(snapshot.node.name) },
    PROCESS: { text: printable(name) },
    STATUS: { text: statusWords(process), colour: statusColour(process) },
    PORT: { text: port === undefined ? '' : String(port) },
    CONNECT: connectCell(process),
    LMDB: { text: lmdbText(lmdb) },
    MESSAGE: { text: messageText(process) },
  };
}

function statusColour({ healthy, acceptable, state }: ProcessView): Colour {
  if (healthy) return 'green';
  return acceptable || state === 'WARNING' || state === 'STARTING' ? 'yellow' : 'red';
}

/** A port that is closed is no bad sign in a process that rightly has none, as one in STANDBY. */
function connectCell({ connect, healthy }: ProcessView): Cell {
  if (connect === undefined) return { text: '' };
  if (connect.outcome !== 'ok') return healthy ? { text: connect.outcome } : { text: connect.outcome, colour: 'red' };
  return { text: `${connect.timing.durationMs.toFixed(1)} ms` };
}

/** The fullest store, for it is the one that matters; Genesis' message has them all. */
function lmdbText(stores: readonly LmdbUsage[]): string {
  const [fullest] = stores.toSorted((a, b) => (b.usedRatio ?? 0) - (a.usedRatio ?? 0));
  if (fullest?.usedRatio === undefined) return '';
  const used = `${Math.round(fullest.usedRatio * 1000) / 10} %`;
  const size = fullest.totalBytes === undefined ? '' : ` of ${formatBytes(fullest.totalBytes)}`;
  return `${used}${size}${stores.length > 1 ? `, fullest of ${stores.length}` : ''}`;
}

/** Bytes as Genesis writes them: GB is 2^30. */
function formatBytes(bytes: number): string {
  const exponent = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(bytes) / 10)));
  return `${Math.round((bytes / 1024 ** exponent) * 10) / 10} ${UNITS[exponent]}`;
}

/** Our own words first: the end is what is cut. */
function messageText(process: ProcessView): string {
  // The node's headline has told what happened to its only answer.
  const why = process.reason === 'health_unavailable' ? 'no answer of Genesis' : processWhy(process);
  return [why, genesisMessage(process)].filter((part) => part !== '').join('; ');
}
