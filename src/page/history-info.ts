import type { LmdbSample, NodeHistory, SpanState } from '../domain/history.ts';
import { isoText } from '../domain/instant.ts';
import type { Stretch } from '../domain/maintenance.ts';
import type { Availability } from './availability.ts';
import type { IncidentInfo } from './incident-list.ts';
import { incidentsOf, subjectsOf } from './node-history.ts';
import { type StripWindow, spansWithin } from './strip-shapes.ts';

/** What `/api/v1/history` answers. Times are ISO 8601 in UTC. */
export interface HistoryInfo {
  readonly node: string;
  readonly from: string;
  readonly to: string;
  /** The node itself first. */
  readonly subjects: readonly SubjectInfo[];
  /** The newest first. */
  readonly incidents: readonly IncidentInfo[];
  readonly lmdb: readonly StoreInfo[];
  readonly probeDurations: readonly DurationInfo[];
}

/** A node, or one process of it, over time. */
export interface SubjectInfo {
  /** Null for the node itself. */
  readonly process: string | null;
  /** From `from` to `to` without a gap. */
  readonly spans: readonly { readonly from: string; readonly to: string; readonly state: SpanState }[];
  readonly availability: AvailabilityInfo;
}

/** How long something was healthy of the time watched. */
export interface AvailabilityInfo {
  readonly watchedSeconds: number;
  readonly healthySeconds: number;
  /** Time of planned maintenance, left out of the other two; null where the plan is not known. */
  readonly maintenanceSeconds: number | null;
  /** Null where nobody watched. */
  readonly ratio: number | null;
}

/** The samples of one LMDB store; each holds until the next. */
export interface StoreInfo {
  readonly process: string;
  readonly store: number;
  readonly samples: readonly {
    readonly at: string;
    readonly usedRatio: number | null;
    readonly totalBytes: number | null;
  }[];
}

/** How long the health probes of a stretch of time took. */
export interface DurationInfo {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly minimumSeconds: number;
  readonly medianSeconds: number;
  readonly maximumSeconds: number;
}

/** A node's history as JSON; `processes` are those that have a row now. */
export function historyInfo(
  past: NodeHistory,
  processes: readonly string[],
  window: StripWindow,
  maintenance?: readonly Stretch[],
): HistoryInfo {
  return {
    node: past.node,
    from: isoText(window.fromMs),
    to: isoText(window.toMs),
    subjects: subjectsOf(past, processes, window, maintenance).map(({ process, spans, availability }) => ({
      process: process ?? null,
      spans: spansWithin(spans, window).map(({ fromMs, toMs, state }) => ({
        from: isoText(fromMs),
        to: isoText(toMs),
        state,
      })),
      availability: availabilityInfo(availability),
    })),
    incidents: incidentsOf(past, window),
    lmdb: storesOf(past.lmdb),
    probeDurations: past.durations.map(({ fromMs, toMs, count, minimumMs, medianMs, maximumMs }) => ({
      from: isoText(fromMs),
      to: isoText(toMs),
      count,
      minimumSeconds: minimumMs / 1000,
      medianSeconds: medianMs / 1000,
      maximumSeconds: maximumMs / 1000,
    })),
  };
}

/** An availability as JSON. */
export function availabilityInfo({ watchedMs, healthyMs, maintenanceMs }: Availability): AvailabilityInfo {
  const ratio = watchedMs > 0 ? healthyMs / watchedMs : null;
  return {
    watchedSeconds: watchedMs / 1000,
    healthySeconds: healthyMs / 1000,
    maintenanceSeconds: maintenanceMs === undefined ? null : maintenanceMs / 1000,
    ratio,
  };
}

/** Samples by the store that they are of. */
export function samplesByStore(samples: readonly LmdbSample[]): readonly (readonly LmdbSample[])[] {
  const stores = new Map<string, LmdbSample[]>();
  for (const sample of samples) {
    const key = JSON.stringify([sample.process, sample.store]);
    const storeSamples = stores.get(key);
    if (storeSamples === undefined) stores.set(key, [sample]);
    else storeSamples.push(sample);
  }
  return [...stores.values()];
}

function storesOf(samples: readonly LmdbSample[]): readonly StoreInfo[] {
  return samplesByStore(samples).flatMap((storeSamples) => {
    const [first] = storeSamples;
    if (first === undefined) return [];
    const sampleInfos = storeSamples.map(({ atMs, usedRatio, totalBytes }) => ({
      at: isoText(atMs),
      usedRatio: usedRatio ?? null,
      totalBytes: totalBytes ?? null,
    }));
    return [{ process: first.process, store: first.store, samples: sampleInfos }];
  });
}
