import type { LmdbUsage } from '../domain/process-report.ts';
import type { NodeView, ProcessView } from '../domain/view.ts';
import { type Colour, printable } from './terminal.ts';
import { genesisMessage, processWhy, statusWords } from './words.ts';

/** One cell of a table. */
export interface Cell {
  /** Safe to print; may be empty. */
  readonly text: string;
  readonly colour?: Colour;
}

/** The cells of a process from left to right. */
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

/** The table row of one process. */
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

/** A closed port is normal for a process without a listener, for example one in STANDBY. */
function connectCell({ connect, healthy }: ProcessView): Cell {
  if (connect === undefined) return { text: '' };
  if (connect.outcome !== 'ok') return healthy ? { text: connect.outcome } : { text: connect.outcome, colour: 'red' };
  return { text: `${connect.timing.durationMs.toFixed(1)} ms` };
}

/** Shows the fullest store only; Genesis' message lists all stores. */
function lmdbText(stores: readonly LmdbUsage[]): string {
  const [fullest] = stores.toSorted((a, b) => (b.usedRatio ?? 0) - (a.usedRatio ?? 0));
  if (fullest?.usedRatio === undefined) return '';
  const used = `${Math.round(fullest.usedRatio * 1000) / 10} %`;
  const size = fullest.totalBytes === undefined ? '' : ` of ${formatBytes(fullest.totalBytes)}`;
  return `${used}${size}${stores.length > 1 ? `, fullest of ${stores.length}` : ''}`;
}

/** A size in Genesis' own units: 1 GB is 2^30 bytes. */
function formatBytes(bytes: number): string {
  const exponent = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(bytes) / 10)));
  return `${Math.round((bytes / 1024 ** exponent) * 10) / 10} ${UNITS[exponent]}`;
}

/** The exporter's own words come first, because the end of the cell may be cut. */
function messageText(process: ProcessView): string {
  // The headline of the node says already what happened to its health probe.
  const why = process.reason === 'health_unavailable' ? 'no answer of Genesis' : processWhy(process);
  return [why, genesisMessage(process)].filter((part) => part !== '').join('; ');
}
