import { expect, it } from 'vitest';
import { isCorrupt, openDatabase } from '../../src/storage/database.ts';
import { readHistory, readKeptNodes } from '../../src/storage/queries.ts';
import { damagePages, filledDatabase, movedAside } from '../helpers/filled-database.ts';

it('moves a database aside in which what a start needs is damaged, and prepares a new one', () => {
  const folder = filledDatabase('what it knew');
  damagePages(folder, () => true);
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
  const folder = filledDatabase('what it knew');
  damagePages(folder, (page) => page > 20);
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
