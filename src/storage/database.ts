import { chmodSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { MIGRATIONS, SCHEMA_VERSION } from './schema.ts';

/** An open database of SQLite. */
export type Connection = InstanceType<typeof Database>;

/** Name of the database within the folder of `--storage.path`. */
export const DATABASE_NAME = 'genesis-exporter.db';
const LOCK_NAME = 'genesis-exporter.lock';

/** Rows of a query; the caller names the columns as the schema has them. */
export function selectRows<Row>(
  connection: Connection,
  sql: string,
  ...values: readonly (string | number)[]
): readonly Row[] {
  // The library cannot know the columns.
  return connection.prepare(sql).all(...values) as Row[];
}

/** A database that is open, and what had to be done for it. */
export interface OpenedDatabase {
  readonly connection: Connection;
  /** Where a corrupt database was moved to; undefined when nothing was wrong. */
  readonly movedTo: string | undefined;
  close(): void;
}

/** A database that this program must not write to: trying again brings nothing. */
export class UnusableDatabaseError extends Error {
  override readonly name = 'UnusableDatabaseError';
}

/**
 * Opens the database in a folder for writing, and makes both if need be. `prepare` reads what a start needs. If that is
 * corrupt, the database is moved aside, and a new one is made and prepared. Other damage is found when it is read: a check of the
 * whole file would delay each start. Throws when the folder cannot be used, another exporter writes there, or the database is
 * of a newer version.
 */
export function openDatabase(folder: string, prepare: (connection: Connection) => void = () => {}): OpenedDatabase {
  mkdirSync(folder, { recursive: true, mode: 0o750 });
  const lock = takeLock(folder);
  try {
    const opened = openOrMoveAside(folder, prepare);
    return {
      ...opened,
      close() {
        try {
          opened.connection.close();
        } finally {
          lock.close();
        }
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** Opens the database in a folder for reading only, also while an exporter writes; throws a sentence when there is none. */
export function openReadOnly(folder: string): Connection {
  const file = join(folder, DATABASE_NAME);
  if (!existsSync(file)) throw new Error(`${folder} has no ${DATABASE_NAME}: give the folder of --storage.path`);
  const connection = new Database(file, { readonly: true });
  refuseNewer(connection, file);
  return connection;
}

/** Size of the database and its write-ahead log on disk. */
export function databaseBytes(folder: string): number {
  const sizes = ['', '-wal'].map((suffix) =>
    statSync(join(folder, `${DATABASE_NAME}${suffix}`), { throwIfNoEntry: false }),
  );
  return sizes.reduce((sum, stat) => sum + (stat?.size ?? 0), 0);
}

/** The storage process of an exporter that was killed may still finish a write, and holds the lock for that long. */
const LOCK_WAIT_MS = 5000;

/** Held for as long as the process lives: the system releases it even after `kill -9`. */
function takeLock(folder: string): Connection {
  const lock = new Database(join(folder, LOCK_NAME));
  try {
    lock.exec(`PRAGMA busy_timeout = ${LOCK_WAIT_MS}; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE`);
    return lock;
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new Error(`another exporter writes to ${folder}`, { cause: error }) : error;
  }
}

function openOrMoveAside(
  folder: string,
  prepare: (connection: Connection) => void,
): Pick<OpenedDatabase, 'connection' | 'movedTo'> {
  try {
    return { connection: openAndMigrate(folder, prepare), movedTo: undefined };
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    const movedTo = moveAside(folder);
    return { connection: openAndMigrate(folder, prepare), movedTo };
  }
}

/** Renames a closed database and its files; returns its new path. */
export function moveAside(folder: string): string {
  const file = join(folder, DATABASE_NAME);
  const movedTo = `${file}.corrupt-${new Date().toISOString().replaceAll(':', '')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${movedTo}${suffix}`);
  }
  return movedTo;
}

function openAndMigrate(folder: string, prepare: (connection: Connection) => void): Connection {
  const file = join(folder, DATABASE_NAME);
  const connection = new Database(file);
  try {
    // Messages of Genesis are nobody else's business.
    chmodSync(file, 0o640);
    connection.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    refuseNewer(connection, file);
    const version = versionOf(connection);
    for (const [index, migration] of MIGRATIONS.entries()) {
      if (index >= version) connection.exec(`BEGIN; ${migration}; PRAGMA user_version = ${index + 1}; COMMIT`);
    }
    prepare(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function versionOf(connection: Connection): number {
  const [row] = selectRows<{ user_version: number }>(connection, 'PRAGMA user_version');
  return row?.user_version ?? 0;
}

function refuseNewer(connection: Connection, file: string): void {
  const version = versionOf(connection);
  if (version <= SCHEMA_VERSION) return;
  throw new UnusableDatabaseError(
    `${file} has version ${version}, and this exporter knows version ${SCHEMA_VERSION}: take the exporter that wrote it, or another folder`,
  );
}

/** Whether SQLite found the database damaged. */
export function isCorrupt(error: unknown): boolean {
  return error instanceof Error && /malformed|not a database/i.test(error.message);
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /locked|busy/i.test(error.message);
}
