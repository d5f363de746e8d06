import type { Clock } from '../domain/clock.ts';
import type { HistorySource } from '../domain/history.ts';
import type { Log } from '../domain/log.ts';
import type { GenesisNode } from '../domain/node.ts';
import type { Moment } from '../domain/record.ts';
import type { NodeSnapshot } from '../domain/snapshot.ts';
import type { SnapshotStore, SnapshotStoreDeps } from '../scrape/snapshot-store.ts';
import { createJoinedHistory } from '../storage/joined-history.ts';
import type { OnDamage } from '../storage/kept-node.ts';
import { createMemoryHistory } from '../storage/memory-history.ts';
import { createRecorder, type RestoredNode } from '../storage/recorder.ts';
import type { KeptNode } from '../storage/records.ts';
import { countersOf, forgottenMeanwhile, memoryOf, recallSnapshot, restoreSnapshot } from '../storage/restore.ts';
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
  /** The store of snapshots; called only after the start. */
  readonly snapshots: () => Pick<SnapshotStore, 'recall' | 'views'>;
  readonly clock: Clock;
  readonly log: Log;
}

const LOOK_EVERY_MS = 1000;

// In the bundle all chunks are in the folder of the storage process' file.
const STORAGE_PROCESS = new URL('./storage-process.js', import.meta.url);

/** Opens the history; with a store it takes at most 10 s, even if the disk hangs. Without a store the history is in memory and begins with the start. */
export async function openHistory(
  storage: StorageOptions | undefined,
  { snapshots, clock, log }: HistoryDeps,
): Promise<History> {
  const store =
    storage && (await openStore(storage, { clock, log, processUrl: STORAGE_PROCESS, onLateMemory: recall }));
  // Keeps nodes that leave the configuration, so that they return as they left.
  const kept = new Map(store?.kept);
  const restored = new Map<string, RestoredNode>();
  const memory = createMemoryHistory();
  const recorder = createRecorder({
    sink(record) {
      memory.apply(record);
      store?.add(record);
    },
    restored: (node) => restored.get(node),
    lastEventId: store?.lastEventId ?? 0,
  });
  const now = (): Moment => ({ monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() });
  const timer = setInterval(() => recorder.look(snapshots().views(), now()), LOOK_EVERY_MS);

  function restore(node: GenesisNode, at: Moment): NodeSnapshot | undefined {
    const found = kept.get(node.name);
    if (found === undefined) return undefined;
    const snapshot = readKept(node, (onDamage) => restoreSnapshot(node, found, at, onDamage));
    if (snapshot === undefined) return undefined;
    restored.set(node.name, { watchedMs: found.watchedMs, forgotten: forgottenMeanwhile(node, found, snapshot) });
    return snapshot;
  }

  /** One warning for a node, however many of its stored parts are damaged; undefined when nothing can be read. */
  function readKept(node: GenesisNode, read: (onDamage: OnDamage) => NodeSnapshot): NodeSnapshot | undefined {
    const damage: unknown[] = [];
    try {
      return read((error) => damage.push(error));
    } catch (error) {
      damage.push(error);
      return undefined;
    } finally {
      const [err] = damage;
      if (err !== undefined)
        log.warn({ node: node.name, parts: damage.length, err }, 'stored memory of a node is damaged and left out');
    }
  }

  /** The database opened after the start: adds its memory to the running nodes, and stores every node. */
  function recall(late: ReadonlyMap<string, KeptNode>): void {
    for (const [name, found] of late) if (!kept.has(name)) kept.set(name, found);
    snapshots().recall((snapshot, at) => {
      const { node } = snapshot;
      const found = late.get(node.name);
      const recalled = found && readKept(node, (onDamage) => recallSnapshot(snapshot, found, at, onDamage));
      const next = recalled ?? snapshot;
      store?.add({ kind: 'memory', node: node.name, memory: [next, at] });
      store?.add({ kind: 'counters', node: node.name, counters: next });
      return next;
    });
  }

  function keepNodes(names: ReadonlySet<string>): void {
    const at = now();
    const gone = recorder.keepNodes(names, at.wallMs);
    if (store === undefined) return;
    for (const snapshot of gone) {
      const counters = countersOf(snapshot);
      kept.set(snapshot.node.name, { memory: memoryOf(snapshot, at), counters, watchedMs: at.wallMs });
    }
  }

  return {
    source: store === undefined ? memory : createJoinedHistory(memory, store),
    hooks: {
      restore,
      onRecorded(update, at) {
        const { node, health } = update.after.snapshot;
        if (health !== undefined && health !== update.before.snapshot.health)
          memory.addDuration(node.name, at.wallMs, health.timing.durationMs);
        recorder.recorded(update, at);
      },
      onNodes: keepNodes,
    },
    health: store?.health,
    async close() {
      clearInterval(timer);
      await store?.close();
    },
  };
}
