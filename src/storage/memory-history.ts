import type { EventsPage, EventsQuery, HistoryEvent, HistorySource } from '../domain/history.ts';
import type { NodeView } from '../domain/view.ts';
import { createNodeRecord, type NodeRecord, type OpenEvent } from './node-record.ts';

/** At most so many events of a node are kept, and of the fleet twenty times as many, the latest. */
const MAX_EVENTS_PER_NODE = 1000;
const MAX_EVENTS = 20_000;

/** The history since the start, in memory. */
export interface MemoryHistory extends HistorySource {
  /** Takes what a probe has brought. */
  observe(before: NodeView, after: NodeView, wallMs: number): void;
}

/** A history of which nothing is known yet. */
export function createMemoryHistory(): MemoryHistory {
  const records = new Map<string, NodeRecord>();
  const byNode = new Map<string, OpenEvent[]>();
  const events: OpenEvent[] = [];
  let lastId = 0;

  function emit(event: Omit<HistoryEvent, 'id'>): OpenEvent {
    lastId += 1;
    const kept: OpenEvent = { ...event, id: lastId };
    const own = byNode.get(event.node) ?? [];
    byNode.set(event.node, own);
    keep(own, kept, MAX_EVENTS_PER_NODE);
    keep(events, kept, MAX_EVENTS);
    return kept;
  }

  function observe(before: NodeView, after: NodeView, wallMs: number): void {
    const { name } = after.snapshot.node;
    const record = records.get(name) ?? createNodeRecord(name, emit);
    records.set(name, record);
    record.observe(before, after, wallMs);
  }

  async function history(node: string, fromMs: number, toMs: number) {
    const record = records.get(node);
    if (record === undefined) return undefined;
    const spans = record.spans(fromMs, toMs);
    return {
      node,
      fromMs,
      toMs,
      spans,
      lmdb: record.lmdb(fromMs, toMs),
      durations: record.durations.between(fromMs, toMs),
    };
  }

  async function find(query: EventsQuery): Promise<EventsPage> {
    const [node, ...others] = query.nodes;
    const among = node === undefined || others.length > 0 ? events : (byNode.get(node) ?? []);
    const before = query.cursor === undefined ? Number.POSITIVE_INFINITY : Number(query.cursor);
    const found: HistoryEvent[] = [];
    for (let index = among.length - 1; index >= 0; index -= 1) {
      const event = among[index];
      if (event === undefined || event.id >= before || !admits(query, event)) continue;
      if (found.length === query.limit) return { events: found, next: String(found.at(-1)?.id) };
      found.push({ ...event });
    }
    return { events: found, next: undefined };
  }

  return { observe, history, events: find };
}

function keep(events: OpenEvent[], event: OpenEvent, max: number): void {
  events.push(event);
  if (events.length > max) events.splice(0, Math.ceil(max / 10));
}

function admits({ nodes, processes, states, fromMs, toMs }: EventsQuery, event: HistoryEvent): boolean {
  const atMs = event.atMs ?? event.betweenMs?.to ?? 0;
  if (fromMs !== undefined && atMs < fromMs) return false;
  if (toMs !== undefined && atMs > toMs) return false;
  if (nodes.length > 0 && !nodes.includes(event.node)) return false;
  if (processes.length > 0 && !processes.includes(event.process ?? '')) return false;
  return states.length === 0 || [event.from, event.to].some((state) => state !== undefined && states.includes(state));
}
