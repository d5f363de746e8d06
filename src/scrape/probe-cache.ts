import type { Clock } from '../domain/clock.ts';

/** What a probe brought, and whether others may be served it for a while. */
export interface Probed<Value> {
  readonly value: Value;
  readonly isKept: boolean;
}

/** Which probe is asked for. */
export interface ProbeKey {
  /** Requests with the same key share a result. */
  readonly key: string;
  /** Whether the request names the target itself, instead of a configured node. */
  readonly isAdHoc: boolean;
}

/** Limits of a cache. */
export interface ProbeCacheOptions {
  /** A younger result is served again. */
  readonly minIntervalMs: number;
  readonly maxKept: number;
  /** At most this many ad-hoc probes run at once. */
  readonly maxAdHoc: number;
}

/** Probes that are shared by simultaneous requests and by slightly later ones. */
export interface ProbeCache<Value> {
  /** A recent result, or the result of the running probe or of a new one; `busy` when too many probes run. */
  ask(wanted: ProbeKey, probe: () => Promise<Probed<Value>>): Promise<Value> | 'busy';
}

interface Kept<Value> {
  readonly value: Value;
  readonly finishedMs: number;
}

/** Creates an empty cache. The age of a result counts from the end of its probe. When the cache is full, the oldest result is dropped. */
export function createProbeCache<Value>(
  { minIntervalMs, maxKept, maxAdHoc }: ProbeCacheOptions,
  { clock }: { readonly clock: Clock },
): ProbeCache<Value> {
  const underWay = new Map<string, Promise<Value>>();
  // Ordered by the end of the probe, so that the oldest is the first.
  const kept = new Map<string, Kept<Value>>();
  let adHocCount = 0;

  function dropOld(): void {
    const nowMs = clock.monotonicMs();
    for (const [key, { finishedMs }] of kept) {
      if (nowMs - finishedMs < minIntervalMs && kept.size <= maxKept) return;
      kept.delete(key);
    }
  }

  async function run({ key, isAdHoc }: ProbeKey, probe: () => Promise<Probed<Value>>): Promise<Value> {
    if (isAdHoc) adHocCount += 1;
    try {
      const { value, isKept } = await probe();
      if (isKept) kept.set(key, { value, finishedMs: clock.monotonicMs() });
      dropOld();
      return value;
    } finally {
      if (isAdHoc) adHocCount -= 1;
    }
  }

  function ask(wanted: ProbeKey, probe: () => Promise<Probed<Value>>): Promise<Value> | 'busy' {
    dropOld();
    const recent = kept.get(wanted.key);
    if (recent !== undefined) return Promise.resolve(recent.value);
    const shared = underWay.get(wanted.key);
    if (shared !== undefined) return shared;
    if (wanted.isAdHoc && adHocCount >= maxAdHoc) return 'busy';
    const started = run(wanted, probe).finally(() => underWay.delete(wanted.key));
    underWay.set(wanted.key, started);
    return started;
  }

  return { ask };
}
