import { SAMPLE_PROCESSES } from '../src/stand-in/sample-processes.ts';
import { databaseBytes, openDatabase } from '../src/storage/database.ts';
import { readNodeNames } from '../src/storage/queries.ts';
import { createWriter, type StoredRecord } from '../src/storage/writer.ts';

/** How much happens to a node. */
interface Past {
  readonly node: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly changesPerProcess: number;
}

/** The changes of a node's eight processes, spread evenly: an event and a span each. */
function* changesOf({ node, fromMs, toMs, changesPerProcess }: Past, firstId: number): Generator<StoredRecord> {
  let id = firstId;
  for (let change = 0; change < changesPerProcess; change += 1) {
    const atMs = Math.floor(fromMs + ((toMs - fromMs) * change) / changesPerProcess);
    const [from, to] = change % 2 === 0 ? (['UP', 'DOWN'] as const) : (['DOWN', 'UP'] as const);
    for (const { name: process, message = '' } of SAMPLE_PROCESSES) {
      const subject = { node, process, reason: 'reported', message } as const;
      id += 1;
      yield { kind: 'event', event: { ...subject, id, kind: 'state', atMs, betweenMs: undefined, from, to } };
      yield { kind: 'span', span: { ...subject, fromMs: atMs, state: to, healthy: to === 'UP' } };
    }
  }
}

/** Adds a past of 90 days to a database that an exporter has written: 100 changes of each process of every node. */
export function addLongHistory(folder: string): void {
  const { connection, close } = openDatabase(folder);
  const writer = createWriter(connection, Date.now());
  const toMs = Date.now();
  const nodes = readNodeNames(connection);
  nodes.forEach((node, index) => {
    const past = { node, fromMs: toMs - 90 * 86_400_000, toMs, changesPerProcess: 100 };
    writer.write([...changesOf(past, index * 10_000)], toMs);
  });
  close();
}

/** Bytes on disk of a day in which each process of one node changes every ten minutes, and its LMDB use every five. */
export function bytesOfBusyDay(folder: string): number {
  const { connection, close } = openDatabase(folder);
  const before = databaseBytes(folder);
  const day = { node: 'busy', fromMs: 0, toMs: 86_400_000, changesPerProcess: 144 };
  const lmdb = Array.from({ length: 288 }, (_, index): StoredRecord => {
    const sample = { process: 'P', store: 0, atMs: index * 300_000, usedRatio: index / 288, totalBytes: 2e9 };
    return { kind: 'lmdb', node: day.node, sample };
  });
  createWriter(connection, 0).write([...changesOf(day, 0), ...lmdb], day.toMs);
  close();
  return databaseBytes(folder) - before;
}
