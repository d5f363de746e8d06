import type { Clock } from '../domain/clock.ts';

/** What a probe brought, and whether others may be served it for a while. */
export interface Probed<Value> {
  readonly value: Value;
  readonly isKept: boolean;
}

/** Which probe is asked for. */
export interface ProbeKey {
  /** The same for whoever may share a result. */
  readonly key: string;
  /** Whether the target is named by who asks, and not by the configuration. */
  readonly isAdHoc: boolean;
}

/** Limits of a cache. */
export interface ProbeCacheOptions {
  /** A result younger than this is served again. */
  readonly minIntervalMs: number;
  readonly maxKept: number;
  /** More ad-hoc probes than this are not under way at once. */
  readonly maxAdHoc: number;
}

/** Probes that are shared by all who ask at the same time, and a little later. */
export interface ProbeCache<Value> {
  /** A recent result, that of the probe under way, or that of a new one; `busy` when that would be one too many. */
  ask(wanted: ProbeKey, probe: () => Promise<Probed<Value>>): Promise<Value> | 'busy';
}

interface Kept<Value> {
  readonly value: Value;
  readonly finishedMs: number;
}

/** A cache without results. The age of a result counts from when its probe had finished; of too many the oldest is dropped. */
export function createProbeCache<Value>(
  { minIntervalMs, maxKept, maxAdHoc }: ProbeCacheOptions,
  { clock }: { readonly clock: Clock },
): ProbeCache<Value> {
  const underWay = new Map<string, Promise<Value>>();
  // In the order in which they finished, so that the oldest is the first.
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
