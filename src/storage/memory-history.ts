import type {
  EventKind,
  EventsPage,
  EventsQuery,
  HistoryEvent,
  HistorySource,
  LmdbSample,
  StateSpan,
  Subject,
} from '../domain/history.ts';
import { createDurations } from './durations.ts';
import { endedKinds, type HistoryRecord, seenMsOf } from './records.ts';

/** At most so many events of a node are kept, and of the fleet twenty times as many, the latest. */
const MAX_EVENTS_PER_NODE = 1000;
const MAX_EVENTS = 20_000;

/** Of a node or a process at most so many spans are kept, and of an LMDB store so many samples, the latest. */
const MAX_SPANS = 1000;
const MAX_SAMPLES = 1000;

/** The history since the start, in memory: complete from the oldest event of a list on. */
export interface MemoryHistory extends HistorySource {
  apply(record: HistoryRecord): void;
  /** Takes how long a health probe took. */
  addDuration(node: string, atMs: number, durationMs: number): void;
  /** The oldest event that a query of these nodes can give; undefined when there is none. */
  oldestId(nodes: readonly string[]): number | undefined;
}

type Kept<T> = { -readonly [Key in keyof T]: T[Key] };

interface SubjectRecord {
  readonly spans: Kept<StateSpan>[];
  readonly open: Map<EventKind, Kept<HistoryEvent>>;
}

interface NodeRecord {
  readonly subjects: Map<string | undefined, SubjectRecord>;
  readonly events: HistoryEvent[];
  readonly stores: Map<string, LmdbSample[]>;
  readonly durations: ReturnType<typeof createDurations>;
}

/** A history of which nothing is known yet. */
export function createMemoryHistory(): MemoryHistory {
  const records = new Map<string, NodeRecord>();
  const events: HistoryEvent[] = [];

  function recordOf(node: string): NodeRecord {
    const record = records.get(node) ?? {
      subjects: new Map(),
      events: [],
      stores: new Map(),
      durations: createDurations(),
    };
    records.set(node, record);
    return record;
  }

  function subjectOf({ node, process }: Subject): SubjectRecord {
    const { subjects } = recordOf(node);
    const subject = subjects.get(process) ?? { spans: [], open: new Map() };
    subjects.set(process, subject);
    return subject;
  }

  function apply(record: HistoryRecord): void {
    switch (record.kind) {
      case 'span': {
        const { spans } = subjectOf(record.span);
        endSpan(spans, record.span.fromMs);
        keep(spans, { ...record.span, toMs: undefined }, MAX_SPANS);
        return;
      }
      case 'span_end':
        endSpan(subjectOf(record.subject).spans, record.atMs);
        return;
      case 'event':
        applyEvent(record);
        return;
      case 'event_end':
        endEvent(subjectOf(record.subject), 'probe_failures', record.atMs);
        return;
      case 'lmdb': {
        const { stores } = recordOf(record.node);
        const key = JSON.stringify([record.sample.process, record.sample.store]);
        const samples = stores.get(key) ?? [];
        stores.set(key, samples);
        keep(samples, record.sample, MAX_SAMPLES);
        return;
      }
      case 'memory':
      case 'counters':
        return;
      default:
        record satisfies never;
    }
  }

  function applyEvent(record: Extract<HistoryRecord, { kind: 'event' }>): void {
    const subject = subjectOf(record.event);
    const seenMs = seenMsOf(record.event);
    for (const kind of endedKinds(record)) endEvent(subject, kind, seenMs);
    const { endsAtMs } = record;
    const event = { ...record.event, durationMs: endsAtMs === undefined ? undefined : endsAtMs - seenMs };
    if (endsAtMs === undefined) subject.open.set(event.kind, event);
    keep(recordOf(event.node).events, event, MAX_EVENTS_PER_NODE);
    keep(events, event, MAX_EVENTS);
  }

  async function history(node: string, fromMs: number, toMs: number) {
    const record = records.get(node);
    if (record === undefined) return undefined;
    const spans = [...record.subjects.values()]
      .flatMap((subject) => subject.spans)
      .filter((span) => span.fromMs < toMs && (span.toMs ?? toMs) > fromMs)
      .map((span) => ({ ...span }))
      .sort((a, b) => a.fromMs - b.fromMs);
    // With the last sample before the window, which holds on.
    const lmdb = [...record.stores.values()].flatMap((samples) => {
      const first = samples.findLastIndex(({ atMs }) => atMs <= fromMs);
      return samples.slice(Math.max(0, first)).filter(({ atMs }) => atMs <= toMs);
    });
    return { node, fromMs, toMs, spans, lmdb, durations: record.durations.between(fromMs, toMs) };
  }

  function eventsAmong([node, ...others]: readonly string[]): readonly HistoryEvent[] {
    return node === undefined || others.length > 0 ? events : (records.get(node)?.events ?? []);
  }

  async function find(query: EventsQuery): Promise<EventsPage> {
    const among = eventsAmong(query.nodes);
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

  return {
    apply,
    addDuration: (node, atMs, durationMs) => recordOf(node).durations.add(atMs, durationMs),
    oldestId: (nodes) => eventsAmong(nodes)[0]?.id,
    history,
    events: find,
  };
}

/** Room is made for a tenth at once: to move a long list for each entry would take long. */
function keep<T>(list: T[], entry: T, max: number): void {
  list.push(entry);
  if (list.length > max) list.splice(0, Math.ceil(max / 10));
}

function endSpan(spans: Kept<StateSpan>[], toMs: number): void {
  const last = spans.at(-1);
  if (last === undefined || last.toMs !== undefined) return;
  last.toMs = Math.max(last.fromMs, toMs);
}

function endEvent({ open }: SubjectRecord, kind: EventKind, atMs: number): void {
  const event = open.get(kind);
  if (event === undefined) return;
  event.durationMs = Math.max(0, atMs - seenMsOf(event));
  open.delete(kind);
}

function admits({ nodes, processes, states, fromMs, toMs }: EventsQuery, event: HistoryEvent): boolean {
  const atMs = seenMsOf(event);
  if (fromMs !== undefined && atMs < fromMs) return false;
  if (toMs !== undefined && atMs > toMs) return false;
  if (nodes.length > 0 && !nodes.includes(event.node)) return false;
  if (processes.length > 0 && !processes.includes(event.process ?? '')) return false;
  return states.length === 0 || [event.from, event.to].some((state) => state !== undefined && states.includes(state));
}
