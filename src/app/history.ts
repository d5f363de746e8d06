import type { Clock } from '../domain/clock.ts';
import type { HistorySource } from '../domain/history.ts';
import type { Log } from '../domain/log.ts';
import type { Moment } from '../domain/record.ts';
import type { SnapshotStoreDeps } from '../scrape/snapshot-store.ts';
import { forgottenEvent, moment } from '../storage/event-recorder.ts';
import { createMemoryHistory } from '../storage/memory-history.ts';
import { createRecorder } from '../storage/recorder.ts';
import { forgottenMeanwhile, restoreSnapshot } from '../storage/restore.ts';
import { openStore } from '../storage/store.ts';
import type { StoreHealth } from '../storage/store-interface.ts';

/** Where memory is kept, and how much of it. */
export interface StorageOptions {
  readonly folder: string;
  readonly retentionMs: number;
  readonly maxBytes: number;
}

/** The history of an exporter, and what connects it to the loop. */
export interface History {
  readonly source: HistorySource;
  readonly hooks: Pick<SnapshotStoreDeps, 'restore' | 'onRecorded' | 'onNodes'>;
  /** Undefined without a store. */
  readonly health: (() => StoreHealth) | undefined;
  close(): Promise<void>;
}

/** What a history works with. */
export interface HistoryDeps {
  readonly clock: Clock;
  readonly log: Log;
}

const LOOK_EVERY_MS = 1000;

// The bundle has every chunk beside the file of the storage process.
const STORAGE_PROCESS = new URL('./storage-process.js', import.meta.url);

/** A history in memory, since the start. */
function historyInMemory(): History {
  const memory = createMemoryHistory();
  return {
    source: memory,
    hooks: { onRecorded: ({ before, after }, { wallMs }) => memory.observe(before, after, wallMs) },
    health: undefined,
    close: async () => {},
  };
}

/** Opens the history; with a store it takes up to 2 s, however the disk is. */
export async function openHistory(
  storage: StorageOptions | undefined,
  views: () => Parameters<ReturnType<typeof createRecorder>['look']>[0],
  { clock, log }: HistoryDeps,
): Promise<History> {
  if (storage === undefined) return historyInMemory();
  const store = await openStore(storage, { clock, log, processUrl: STORAGE_PROCESS });
  const { kept } = store;
  // Durations of probes are kept in memory alone, and all of it serves while the database does not.
  const memory = createMemoryHistory();
  const recorder = createRecorder({ sink: store.add, restoredMs: (node) => kept.get(node)?.watchedMs });
  const now = (): Moment => ({ monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() });
  const timer = setInterval(() => recorder.look(views(), now()), LOOK_EVERY_MS);

  const source: HistorySource = {
    events: (query) => store.events(query).catch(() => memory.events(query)),
    async history(node, fromMs, toMs) {
      const recent = await memory.history(node, fromMs, toMs);
      const past = await store.history(node, fromMs, toMs).catch(() => recent);
      return past && { ...past, durations: recent?.durations ?? [] };
    },
  };

  return {
    source,
    hooks: {
      restore(node, at) {
        const found = kept.get(node.name);
        if (found === undefined) return undefined;
        try {
          const restored = restoreSnapshot(node, found, at);
          const when = moment(at.wallMs, found.watchedMs);
          for (const process of forgottenMeanwhile(node, found, restored))
            store.add(forgottenEvent({ node: node.name, process }, 'DOWN', when, at.wallMs));
          return restored;
        } catch (err) {
          log.warn({ node: node.name, err }, 'what is stored of a node cannot be read, so it begins without memory');
          return undefined;
        }
      },
      onRecorded(recorded, at) {
        memory.observe(recorded.before, recorded.after, at.wallMs);
        recorder.recorded(recorded, at);
      },
      onNodes: (names) => recorder.keepNodes(names, clock.wallMs()),
    },
    health: store.health,
    close() {
      clearInterval(timer);
      return store.close();
    },
  };
}
