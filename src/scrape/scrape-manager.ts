import { isDeepStrictEqual } from 'node:util';
import type { NodeSettings } from '../config/settings.ts';
import { createNodeLoop, type NodeLoop, type NodeLoopDeps } from './node-loop.ts';

const BEAT_MS = 1000;

/** A loop this far behind its schedule is stuck: the heartbeat stops until the loop has caught up. */
const STUCK_AFTER_MS = 10_000;

/** The last beat of the loop: monotonic milliseconds for its age, wall-clock milliseconds for its timestamp. */
export interface Heartbeat {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

/** All node loops together. */
export interface ScrapeManager {
  /** Sets the nodes. Starts loops of new nodes, stops those of removed nodes, restarts those of changed nodes, and leaves the others alone. */
  apply(settings: readonly NodeSettings[]): void;
  /** True once every node of the first `apply` has finished a probe. */
  isReady(): boolean;
  heartbeat(): Heartbeat;
  /** Resolves when no probe is running. */
  stop(): Promise<void>;
}

/** Creates a manager without nodes. Its heartbeat advances every second as long as no loop is stuck. */
export function createScrapeManager(deps: NodeLoopDeps): ScrapeManager {
  const { store, clock } = deps;
  const ending = new Set<Promise<void>>();
  let loops = new Map<string, NodeLoop>();
  let firstLoops: readonly NodeLoop[] | undefined;
  let lastBeat = now();
  const timer = setInterval(beat, BEAT_MS);

  function now(): Heartbeat {
    return { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() };
  }

  function beat(): void {
    const at = now();
    const isStuck = [...loops.values()].some((loop) => loop.lateMs(at.monotonicMs) > STUCK_AFTER_MS);
    if (!isStuck) lastBeat = at;
  }

  function end(loop: NodeLoop): void {
    const ended = loop.stop().finally(() => ending.delete(ended));
    ending.add(ended);
  }

  function apply(settings: readonly NodeSettings[]): void {
    const next = new Map<string, NodeLoop>();
    const fresh: NodeLoop[] = [];
    for (const wanted of settings) {
      const { name } = wanted.node;
      const known = loops.get(name);
      if (known !== undefined && isDeepStrictEqual(known.settings, wanted)) {
        next.set(name, known);
        continue;
      }
      const loop = createNodeLoop(wanted, deps);
      fresh.push(loop);
      next.set(name, loop);
    }
    for (const [name, loop] of loops) {
      if (next.get(name) !== loop) end(loop);
    }
    loops = next;
    store.setNodes([...next.values()].map((loop) => loop.settings.node));
    for (const loop of fresh) loop.start();
    firstLoops ??= fresh;
  }

  async function stop(): Promise<void> {
    clearInterval(timer);
    for (const loop of loops.values()) end(loop);
    loops = new Map();
    await Promise.all(ending);
  }

  return {
    apply,
    isReady: () => firstLoops?.every((loop) => loop.isReady()) ?? false,
    heartbeat: () => lastBeat,
    stop,
  };
}
