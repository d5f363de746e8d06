import type { EventsPage, EventsQuery, HistorySource } from '../domain/history.ts';
import type { MemoryHistory } from './memory-history.ts';
import type { Store } from './store-interface.ts';

/**
 * The history of a store and of the memory of this run. Events come from memory as far back as it goes, and older ones from the
 * database. Both have the same ids, so a cursor of one is a cursor of the other. While the database does not answer, older events
 * cannot be read.
 */
export function createJoinedHistory(memory: MemoryHistory, store: Store): HistorySource {
  async function events(query: EventsQuery): Promise<EventsPage> {
    const { limit, cursor, nodes } = query;
    const recent = await memory.events(query);
    if (recent.next !== undefined || !store.hasOpened()) return recent;
    const floor = Math.min(
      memory.oldestId(nodes) ?? Number.MAX_SAFE_INTEGER,
      Number(cursor ?? Number.MAX_SAFE_INTEGER),
    );
    const missing = limit - recent.events.length;
    try {
      // A page that is full asks for one more, to know whether there is any.
      const older = await store.events({ ...query, cursor: String(floor), limit: Math.max(1, missing) });
      const all = [...recent.events, ...older.events].slice(0, limit);
      const isEnd = older.next === undefined && (missing > 0 || older.events.length === 0);
      return { events: all, next: isEnd ? undefined : String(all.at(-1)?.id) };
    } catch (error) {
      const last = recent.events.at(-1);
      if (last === undefined) throw error;
      return { events: recent.events, next: String(last.id) };
    }
  }

  async function history(node: string, fromMs: number, toMs: number) {
    // Durations of probes are kept in memory alone, and all of it serves while the database does not.
    const recent = await memory.history(node, fromMs, toMs);
    const past = await store.history(node, fromMs, toMs).catch(() => recent);
    return past && { ...past, durations: recent?.durations ?? [] };
  }

  return { events, history };
}
