import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_NAME, openDatabase } from '../../src/storage/database.ts';
import { createWriter } from '../../src/storage/writer.ts';
import { storageFolder } from './storage-folder.ts';

const PAGE_BYTES = 4096;

/** The folder of a closed database with a thousand spans of node `a`, and this memory of it. The last span may go on. */
export function filledDatabase(memory: string, goesOn = true): string {
  const folder = storageFolder();
  const { connection, close } = openDatabase(folder);
  const span = {
    node: 'a',
    process: 'P',
    state: 'UP',
    healthy: true,
    reason: undefined,
    message: 'x'.repeat(200),
  } as const;
  const spans = Array.from({ length: 1000 }, (_, fromMs) => ({ kind: 'span', span: { ...span, fromMs } }) as const);
  const counters = '{"health": [1, {}], "rejectedRows": 0, "connects": {}}';
  const kept = [
    ...(goesOn ? [] : [{ kind: 'span_end', subject: { node: 'a', process: 'P' }, atMs: 1000 } as const]),
    { kind: 'memory', node: 'a', memory },
    { kind: 'counters', node: 'a', counters },
  ] as const;
  // The exporter last watched a moment ago, so that nothing is forgotten yet.
  createWriter(connection, Date.now()).write([...spans, ...kept], Date.now());
  // Until then all of it is in the write-ahead log.
  connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  close();
  return folder;
}

/** Overwrites pages with text. Page 1 has the schema; with these spans, `nodes` and `lives` are before page 20. */
export function damagePages(folder: string, isDamaged: (page: number) => boolean): void {
  const file = join(folder, DATABASE_NAME);
  const descriptor = openSync(file, 'r+');
  for (let page = 2; page * PAGE_BYTES <= statSync(file).size; page += 1)
    if (isDamaged(page)) writeSync(descriptor, 'damage '.repeat(100), (page - 1) * PAGE_BYTES);
  closeSync(descriptor);
}

/** Names of the databases that were moved aside. */
export function movedAside(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith(`${DATABASE_NAME}.corrupt-`) && name.endsWith('Z'));
}
