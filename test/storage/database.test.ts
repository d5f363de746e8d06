import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DATABASE_NAME, isCorrupt, openDatabase } from '../../src/storage/database.ts';
import { readHistory, readKeptNodes } from '../../src/storage/queries.ts';
import { createWriter } from '../../src/storage/writer.ts';
import { storageFolder } from '../helpers/storage-folder.ts';

const PAGE_BYTES = 4096;

/** A database of one node with a thousand spans. */
function filledFolder(): string {
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
  const memory = { kind: 'memory', node: 'a', memory: 'what it knew' } as const;
  createWriter(connection, 0).write([...spans, memory, { kind: 'counters', node: 'a', counters: '{}' }], 1000);
  // Until then all of it is in the write-ahead log.
  connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  close();
  return folder;
}

/** Overwrites pages with text; page 1 has the schema. */
function damage(folder: string, isDamaged: (page: number) => boolean): void {
  const file = join(folder, DATABASE_NAME);
  const descriptor = openSync(file, 'r+');
  for (let page = 2; page * PAGE_BYTES <= statSync(file).size; page += 1)
    if (isDamaged(page)) writeSync(descriptor, 'damage '.repeat(100), (page - 1) * PAGE_BYTES);
  closeSync(descriptor);
}

function movedAside(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith(`${DATABASE_NAME}.corrupt-`) && name.endsWith('Z'));
}

it('moves a database aside in which what a start needs is damaged, and prepares a new one', () => {
  const folder = filledFolder();
  damage(folder, () => true);
  let kept = -1;
  const opened = openDatabase(folder, (connection) => {
    kept = readKeptNodes(connection).size;
  });
  opened.close();
  expect(kept).toBe(0);
  expect(movedAside(folder)).toHaveLength(1);
  expect(opened.movedTo).toContain('.corrupt-');
});

it('opens a database with damage elsewhere, which shows when it is read', () => {
  const folder = filledFolder();
  // The tables of nodes and lives are in the first pages, the spans fill all later ones.
  damage(folder, (page) => page > 20);
  let memory: string | undefined;
  const opened = openDatabase(folder, (connection) => {
    memory = readKeptNodes(connection).get('a')?.memory;
  });
  expect([memory, movedAside(folder)]).toEqual(['what it knew', []]);
  let problem: unknown;
  try {
    readHistory(opened.connection, 'a', 0, 2000);
  } catch (error) {
    problem = error;
  }
  expect(isCorrupt(problem)).toBe(true);
  opened.close();
});
