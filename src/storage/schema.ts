/** Version of the schema that this program writes; a database of a newer version is left alone. */
export const SCHEMA_VERSION = 1;

/** What brings a database from each version to the next; times are wall-clock milliseconds, an empty process is the node itself. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE lives (id INTEGER PRIMARY KEY, started_ms INTEGER NOT NULL, alive_ms INTEGER NOT NULL);
  CREATE TABLE nodes (node TEXT PRIMARY KEY, memory TEXT NOT NULL, counters TEXT NOT NULL, life INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE spans (
    id INTEGER PRIMARY KEY, node TEXT NOT NULL, process TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER,
    state TEXT NOT NULL, healthy INTEGER NOT NULL, reason TEXT, message TEXT NOT NULL
  );
  CREATE INDEX spans_by_node ON spans (node, from_ms);
  CREATE UNIQUE INDEX spans_open ON spans (node, process) WHERE to_ms IS NULL;
  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, node TEXT NOT NULL, process TEXT NOT NULL, kind TEXT NOT NULL,
    at_ms INTEGER, between_from_ms INTEGER, between_to_ms INTEGER, seen_ms INTEGER NOT NULL, ended_ms INTEGER,
    from_state TEXT, to_state TEXT, reason TEXT, message TEXT NOT NULL
  );
  CREATE INDEX events_by_node ON events (node, id);
  CREATE INDEX events_open ON events (node, process, kind) WHERE ended_ms IS NULL;
  CREATE TABLE lmdb (
    node TEXT NOT NULL, process TEXT NOT NULL, store INTEGER NOT NULL, at_ms INTEGER NOT NULL, used_ratio REAL, total_bytes REAL
  );
  CREATE INDEX lmdb_by_node ON lmdb (node, at_ms);
  `,
];
