import {
  databaseBytes,
  isCorrupt,
  moveAside,
  type OpenedDatabase,
  openDatabase,
  UnusableDatabaseError,
} from './database.ts';
import type { StorageAnswer, StorageProcessOptions, StorageRequest } from './messages.ts';
import { readEvents, readHistory, readKeptNodes, readLastEventId } from './queries.ts';
import type { KeptNode } from './records.ts';
import { createWriter, type Writer } from './writer.ts';

/** History is trimmed this often. */
const TRIM_MS = 600_000;

// The process that owns the database: it may be slow, hang or crash, and the exporter goes on.
const options: StorageProcessOptions = JSON.parse(process.argv[2] ?? '');
let opened: OpenedDatabase | undefined;
let writer: Writer | undefined;
let trimmedMs = 0;
let kept: readonly (readonly [string, KeptNode])[] = [];
let lastEventId = 0;

function answer(message: StorageAnswer): void {
  // The exporter may be gone.
  if (process.connected) process.send?.(message);
}

function open(): void {
  opened = openDatabase(options.folder, (connection) => {
    // When the rest of a database is corrupt, its memory goes on in the new one.
    const found = readKeptNodes(connection);
    if (found.size > 0) kept = [...found];
    lastEventId = readLastEventId(connection);
    writer = createWriter(connection, Date.now());
  });
  answer({ kind: 'opened', kept, movedTo: opened.movedTo, lastEventId });
  kept = [];
}

/** Moves the open database aside because it is corrupt. The next request opens a new one. Returns the sentence for the log. */
function giveUp(): string {
  opened?.close();
  opened = undefined;
  writer = undefined;
  return `the database is corrupt; it was moved to ${moveAside(options.folder)}`;
}

function handle(request: StorageRequest): void {
  if (request.kind === 'close') {
    opened?.close();
    answer({ kind: 'closed' });
    process.disconnect();
    return;
  }
  if (opened === undefined || writer === undefined) open();
  if (opened === undefined || writer === undefined) return;
  switch (request.kind) {
    case 'write':
      writer.write(request.records, request.aliveMs);
      if (request.aliveMs - trimmedMs > TRIM_MS) {
        trimmedMs = request.aliveMs;
        writer.trim(options, request.aliveMs);
      }
      answer({ kind: 'written', batch: request.batch, bytes: databaseBytes(options.folder) });
      return;
    case 'events':
      answer({ kind: 'answer', id: request.id, value: readEvents(opened.connection, request.query) });
      return;
    case 'history':
      answer({
        kind: 'answer',
        id: request.id,
        value: readHistory(opened.connection, request.node, request.fromMs, request.toMs),
      });
      return;
    case 'open':
      return;
    default:
      request satisfies never;
  }
}

// The exporter decides when to end, also when a terminal signals the whole group.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit());
process.on('message', (request: StorageRequest) => {
  try {
    handle(request);
  } catch (error) {
    const isClosed = opened !== undefined && isCorrupt(error);
    const message = isClosed ? giveUp() : String(error instanceof Error ? error.message : error);
    const isFinal = error instanceof UnusableDatabaseError;
    const id = 'id' in request ? request.id : undefined;
    answer({ kind: 'failed', request: request.kind, id, message, isFinal, isClosed });
  }
});
