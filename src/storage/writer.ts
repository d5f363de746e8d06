import { type Connection, selectRows } from './database.ts';
import { endedKinds, type LastingRecord, seenMsOf } from './records.ts';

/** A record as it goes to the database: snapshots have become JSON. */
export type StoredRecord =
  | LastingRecord
  | { readonly kind: 'memory'; readonly node: string; readonly memory: string }
  | { readonly kind: 'counters'; readonly node: string; readonly counters: string };

/** How much history is kept. */
export interface Retention {
  readonly retentionMs: number;
  readonly maxBytes: number;
}

/** Writes the records of one run of the exporter. */
export interface Writer {
  /** Writes a batch, and that the exporter is alive at `aliveMs`, in one transaction. */
  write(records: readonly StoredRecord[], aliveMs: number): void;
  /** Removes history that is too old, or the oldest when there is too much. */
  trim(retention: Retention, nowMs: number): void;
}

/** Share of the events and spans that goes when the database is too large. */
const TRIM_SHARE = 0.1;

/** Begins a new run: what an earlier one left open ends with that run. */
export function createWriter(connection: Connection, startedMs: number): Writer {
  connection
    .prepare('UPDATE spans SET to_ms = max(from_ms, (SELECT max(alive_ms) FROM lives)) WHERE to_ms IS NULL')
    .run();
  const { lastInsertRowid: life } = connection
    .prepare('INSERT INTO lives (started_ms, alive_ms) VALUES (?, ?)')
    .run(startedMs, startedMs);

  const sql = {
    alive: connection.prepare('UPDATE lives SET alive_ms = ? WHERE id = ?'),
    endSpan: connection.prepare(
      'UPDATE spans SET to_ms = max(from_ms, ?) WHERE node = ? AND process = ? AND to_ms IS NULL',
    ),
    span: connection.prepare(
      'INSERT INTO spans (node, process, from_ms, state, healthy, reason, message) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    endEvents: connection.prepare(
      'UPDATE events SET ended_ms = max(seen_ms, ?) WHERE node = ? AND process = ? AND kind = ? AND ended_ms IS NULL',
    ),
    event: connection.prepare(
      // An id comes twice only when the clock went back before the database opened late: that must not stop all that follows.
      `INSERT OR REPLACE INTO events (id, node, process, kind, at_ms, between_from_ms, between_to_ms, seen_ms, ended_ms, from_state, to_state, reason, message)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    lmdb: connection.prepare(
      'INSERT INTO lmdb (node, process, store, at_ms, used_ratio, total_bytes) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    memory: connection.prepare(
      `INSERT INTO nodes (node, memory, counters, life) VALUES (?, ?, '', ?)
       ON CONFLICT (node) DO UPDATE SET memory = excluded.memory, life = excluded.life`,
    ),
    counters: connection.prepare('UPDATE nodes SET counters = ?, life = ? WHERE node = ?'),
  };

  function apply(record: StoredRecord): void {
    switch (record.kind) {
      case 'span': {
        const { node, process = '', fromMs, state, healthy, reason = null, message } = record.span;
        sql.endSpan.run(fromMs, node, process);
        sql.span.run(node, process, fromMs, state, healthy ? 1 : 0, reason, message);
        return;
      }
      case 'span_end':
        sql.endSpan.run(record.atMs, record.subject.node, record.subject.process ?? '');
        return;
      case 'event':
        applyEvent(record);
        return;
      case 'event_end':
        sql.endEvents.run(record.atMs, record.subject.node, record.subject.process ?? '', 'probe_failures');
        return;
      case 'lmdb': {
        const { process, store, atMs, usedRatio = null, totalBytes = null } = record.sample;
        sql.lmdb.run(record.node, process, store, atMs, usedRatio, totalBytes);
        return;
      }
      case 'memory':
        sql.memory.run(record.node, record.memory, life);
        return;
      case 'counters':
        sql.counters.run(record.counters, life, record.node);
        return;
      default:
        record satisfies never;
    }
  }

  function applyEvent(record: Extract<StoredRecord, { kind: 'event' }>): void {
    const { id, node, process = '', kind, atMs = null, betweenMs, from = null, to = null, ...rest } = record.event;
    const seenMs = seenMsOf(record.event);
    for (const ended of endedKinds(record)) sql.endEvents.run(seenMs, node, process, ended);
    const times = [atMs, betweenMs?.from ?? null, betweenMs?.to ?? null, seenMs, record.endsAtMs ?? null];
    sql.event.run(id, node, process, kind, ...times, from, to, rest.reason ?? null, rest.message);
  }

  const write = connection.transaction((records: readonly StoredRecord[], aliveMs: number) => {
    for (const record of records) apply(record);
    sql.alive.run(aliveMs, life);
  });

  function trim({ retentionMs, maxBytes }: Retention, nowMs: number): void {
    removeBefore(nowMs - retentionMs);
    const [used] = selectRows<{ bytes: number }>(
      connection,
      `SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
    );
    if (used === undefined || used.bytes <= maxBytes) return;
    const [row] = selectRows<{ ms: number }>(
      connection,
      'SELECT from_ms AS ms FROM spans ORDER BY from_ms LIMIT 1 OFFSET (SELECT CAST(count(*) * ? AS INTEGER) FROM spans)',
      TRIM_SHARE,
    );
    if (row !== undefined) removeBefore(row.ms);
  }

  function removeBefore(ms: number): void {
    connection.prepare('DELETE FROM spans WHERE to_ms IS NOT NULL AND to_ms < ?').run(ms);
    connection.prepare('DELETE FROM events WHERE ended_ms IS NOT NULL AND ended_ms < ?').run(ms);
    connection.prepare('DELETE FROM lmdb WHERE at_ms < ?').run(ms);
    connection.prepare('DELETE FROM nodes WHERE life IN (SELECT id FROM lives WHERE alive_ms < ?)').run(ms);
    connection.prepare('DELETE FROM lives WHERE alive_ms < ? AND id < ?').run(ms, life);
  }

  return { write, trim };
}
