import type { EventsPage, EventsQuery, HistoryEvent, NodeHistory, StateSpan } from '../domain/history.ts';
import { type Connection, selectRows } from './database.ts';
import type { KeptNode } from './records.ts';

interface EventRow {
  readonly id: number;
  readonly node: string;
  readonly process: string;
  readonly kind: HistoryEvent['kind'];
  readonly at_ms: number | null;
  readonly between_from_ms: number | null;
  readonly between_to_ms: number | null;
  readonly seen_ms: number;
  readonly ended_ms: number | null;
  readonly from_state: NonNullable<HistoryEvent['from']> | null;
  readonly to_state: NonNullable<HistoryEvent['to']> | null;
  readonly reason: NonNullable<HistoryEvent['reason']> | null;
  readonly message: string;
}

interface SpanRow {
  readonly node: string;
  readonly process: string;
  readonly from_ms: number;
  readonly to_ms: number | null;
  readonly state: StateSpan['state'];
  readonly healthy: number;
  readonly reason: NonNullable<StateSpan['reason']> | null;
  readonly message: string;
}

interface SampleRow {
  readonly process: string;
  readonly store: number;
  readonly at_ms: number;
  readonly used_ratio: number | null;
  readonly total_bytes: number | null;
}

interface KeptRow {
  readonly node: string;
  readonly memory: string;
  readonly counters: string;
  readonly alive_ms: number;
}

/** What earlier runs kept of every node, by name. */
export function readKeptNodes(connection: Connection): ReadonlyMap<string, KeptNode> {
  const rows = selectRows<KeptRow>(
    connection,
    `SELECT node, memory, counters, alive_ms FROM nodes JOIN lives ON lives.id = nodes.life WHERE counters <> ''`,
  );
  return new Map(rows.map(({ node, memory, counters, alive_ms }) => [node, { memory, counters, watchedMs: alive_ms }]));
}

/** Names of the nodes that have a history, in alphabetical order. */
export function readNodeNames(connection: Connection): readonly string[] {
  const rows = selectRows<{ node: string }>(connection, 'SELECT DISTINCT node FROM spans ORDER BY node');
  return rows.map(({ node }) => node);
}

/** Wall-clock milliseconds when an exporter last wrote; undefined when none ever has. */
export function readWrittenMs(connection: Connection): number | undefined {
  const [row] = selectRows<{ ms: number | null }>(connection, 'SELECT max(alive_ms) AS ms FROM lives');
  return row?.ms ?? undefined;
}

/** The id of the latest event; 0 when there is none. */
export function readLastEventId(connection: Connection): number {
  const [row] = selectRows<{ id: number | null }>(connection, 'SELECT max(id) AS id FROM events');
  return row?.id ?? 0;
}

/** A page of events, the newest first. */
export function readEvents(connection: Connection, query: EventsQuery): EventsPage {
  const { limit } = query;
  const { condition, values } = conditionOf(query);
  const sql = `SELECT * FROM events WHERE ${condition} ORDER BY id DESC LIMIT ?`;
  const rows = selectRows<EventRow>(connection, sql, ...values, limit + 1);
  const events = rows.slice(0, limit).map(eventOf);
  return { events, next: rows.length > limit ? String(events.at(-1)?.id) : undefined };
}

function conditionOf({ nodes, processes, states, fromMs, toMs, cursor }: EventsQuery) {
  const conditions = ['id < ?'];
  const values: (string | number)[] = [cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor)];
  function add(condition: string, ...given: readonly (string | number)[]): void {
    conditions.push(condition);
    values.push(...given);
  }
  if (nodes.length > 0) add(`node IN (${places(nodes)})`, ...nodes);
  if (processes.length > 0) add(`process IN (${places(processes)})`, ...processes);
  if (states.length > 0)
    add(`(from_state IN (${places(states)}) OR to_state IN (${places(states)}))`, ...states, ...states);
  if (fromMs !== undefined) add('seen_ms >= ?', fromMs);
  if (toMs !== undefined) add('seen_ms <= ?', toMs);
  return { condition: conditions.join(' AND '), values };
}

function places(list: readonly string[]): string {
  return list.map(() => '?').join(', ');
}

function eventOf(row: EventRow): HistoryEvent {
  const { id, kind, node, process, at_ms, between_from_ms, between_to_ms, seen_ms, ended_ms, message } = row;
  const isBetween = between_from_ms !== null && between_to_ms !== null;
  return {
    id,
    kind,
    node,
    process: process === '' ? undefined : process,
    atMs: at_ms ?? undefined,
    betweenMs: isBetween ? { from: between_from_ms, to: between_to_ms } : undefined,
    from: row.from_state ?? undefined,
    to: row.to_state ?? undefined,
    reason: row.reason ?? undefined,
    message,
    durationMs: ended_ms === null ? undefined : ended_ms - seen_ms,
  };
}

/** The history of a node within a window; undefined for a node of which nothing is kept. Probe durations are not kept. */
export function readHistory(
  connection: Connection,
  node: string,
  fromMs: number,
  toMs: number,
): NodeHistory | undefined {
  const rows = selectRows<SpanRow>(
    connection,
    'SELECT * FROM spans WHERE node = ? AND from_ms < ? AND (to_ms IS NULL OR to_ms > ?) ORDER BY from_ms, id',
    ...[node, toMs, fromMs],
  );
  if (rows.length === 0 && selectRows(connection, 'SELECT 1 FROM spans WHERE node = ? LIMIT 1', node).length === 0)
    return undefined;
  const samples = selectRows<SampleRow>(
    connection,
    'SELECT * FROM lmdb WHERE node = ? AND at_ms BETWEEN ? AND ? ORDER BY at_ms',
    ...[node, fromMs, toMs],
  );
  const lmdb = samples.map(({ process, store, at_ms, used_ratio, total_bytes }) => {
    return { process, store, atMs: at_ms, usedRatio: used_ratio ?? undefined, totalBytes: total_bytes ?? undefined };
  });
  return { node, fromMs, toMs, spans: rows.map(spanOf), lmdb, durations: [] };
}

function spanOf({ node, process, from_ms, to_ms, state, healthy, reason, message }: SpanRow): StateSpan {
  return {
    node,
    process: process === '' ? undefined : process,
    fromMs: from_ms,
    toMs: to_ms ?? undefined,
    state,
    healthy: healthy === 1,
    reason: reason ?? undefined,
    message,
  };
}
