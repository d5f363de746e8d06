import { clockOfZone, UTC, type WallClock } from './zone-time.ts';

/** Days of the week as the configuration names them, as Date.getUTCDay() counts them. */
export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** When maintenance takes place: once, in wall-clock milliseconds, or weekly in local time of a time zone. */
export type MaintenanceTime =
  | { readonly kind: 'once'; readonly fromMs: number; readonly toMs: number }
  | {
      readonly kind: 'daily';
      /** Milliseconds from midnight by the zone's clock. */
      readonly startMs: number;
      readonly durationMs: number;
      /** Empty for every day. */
      readonly days: readonly (typeof DAYS)[number][];
      readonly timeZone: string;
    };

/** Planned maintenance. */
export interface MaintenanceWindow {
  readonly name: string;
  /** The affected nodes and clusters; all nodes if both are empty. */
  readonly nodes: readonly string[];
  readonly clusters: readonly string[];
  readonly time: MaintenanceTime;
}

/** A stretch of time, in wall-clock milliseconds. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Maintenance at this moment. */
export interface MaintenanceNow {
  readonly name: string;
  readonly untilMs: number;
}

/** What identifies a node to maintenance. */
interface Subject {
  readonly name: string;
  readonly cluster: string;
}

/** The planned maintenance of nodes. */
export interface Maintenance {
  /** Whether any maintenance is configured. */
  readonly isPlanned: boolean;
  /** The current window; of several the one that ends last. Undefined outside of all windows. */
  at(node: Subject, nowMs: number): MaintenanceNow | undefined;
  /** The time of maintenance between two moments, of the last 400 days before the later one, in order and without overlaps. */
  between(node: Subject, fromMs: number, toMs: number): readonly Stretch[];
}

const DAY_MS = 86_400_000;

/** Longer ago nothing is kept, and to ask a time zone for each day of half a century would stop the loop. */
const MAX_LOOK_BACK_MS = 400 * DAY_MS;

/** The maintenance of some windows. */
export function createMaintenance(windows: readonly MaintenanceWindow[]): Maintenance {
  const planned = windows.map((window) => ({ window, occurrences: createOccurrences(window.time) }));
  const of = (node: Subject) => planned.filter(({ window }) => concerns(window, node));

  function at(node: Subject, nowMs: number): MaintenanceNow | undefined {
    let found: MaintenanceNow | undefined;
    for (const { window, occurrences } of of(node)) {
      for (const { fromMs, toMs } of occurrences(nowMs, nowMs + 1)) {
        if (fromMs <= nowMs && nowMs < toMs && toMs > (found?.untilMs ?? 0))
          found = { name: window.name, untilMs: toMs };
      }
    }
    return found;
  }

  function between(node: Subject, askedFromMs: number, toMs: number): readonly Stretch[] {
    const fromMs = Math.max(askedFromMs, toMs - MAX_LOOK_BACK_MS);
    const all = of(node).flatMap(({ occurrences }) => occurrences(fromMs, toMs));
    const merged: { fromMs: number; toMs: number }[] = [];
    for (const stretch of all.toSorted((a, b) => a.fromMs - b.fromMs)) {
      const begin = Math.max(stretch.fromMs, fromMs);
      const end = Math.min(stretch.toMs, toMs);
      const last = merged.at(-1);
      if (last !== undefined && begin <= last.toMs) last.toMs = Math.max(last.toMs, end);
      else merged.push({ fromMs: begin, toMs: end });
    }
    return merged;
  }

  return { isPlanned: windows.length > 0, at, between };
}

function concerns({ nodes, clusters }: MaintenanceWindow, { name, cluster }: Subject): boolean {
  return (nodes.length === 0 && clusters.length === 0) || nodes.includes(name) || clusters.includes(cluster);
}

/** The occurrences that overlap a time; those of a daily window are kept for each day, since time zones are slow to ask. */
function createOccurrences(time: MaintenanceTime): (fromMs: number, toMs: number) => readonly Stretch[] {
  const overlaps = (fromMs: number, toMs: number) => (stretch: Stretch) =>
    stretch.fromMs < toMs && stretch.toMs > fromMs;
  if (time.kind === 'once') return (fromMs, toMs) => [time].filter(overlaps(fromMs, toMs));
  const { startMs, durationMs, days, timeZone } = time;
  const clock = timeZone === 'UTC' ? UTC : clockOfZone(timeZone);
  const starts = new Map<number, number>();

  function startOn(dayMs: number): number {
    const known = starts.get(dayMs) ?? firstMoment(dayMs + startMs, clock);
    starts.set(dayMs, known);
    return known;
  }

  return (fromMs, toMs) => {
    const found: Stretch[] = [];
    // A day before and after, since the clock of a zone shows another date than that of UTC.
    const firstDay = Math.floor((fromMs - durationMs) / DAY_MS) - 1;
    const lastDay = Math.floor(toMs / DAY_MS) + 1;
    for (let day = firstDay; day <= lastDay; day += 1) {
      const weekday = DAYS[new Date(day * DAY_MS).getUTCDay()];
      if (days.length > 0 && !days.some((one) => one === weekday)) continue;
      const begin = startOn(day * DAY_MS);
      found.push({ fromMs: begin, toMs: begin + durationMs });
    }
    return found.filter(overlaps(fromMs, toMs));
  };
}

/** The first moment at which a clock shows this time or, when a change of the clock skips it, a later one. */
function firstMoment(wallMs: number, clock: WallClock): number {
  const offsetAt = (atMs: number): number => clock(atMs) - atMs;
  const candidates = [offsetAt(wallMs - DAY_MS), offsetAt(wallMs + DAY_MS)].map((offset) => wallMs - offset);
  const exact = candidates.filter((atMs) => clock(atMs) === wallMs);
  if (exact.length > 0) return Math.min(...exact);
  let before = Math.min(...candidates);
  let after = Math.max(...candidates);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (clock(middle) >= wallMs) after = middle;
    else before = middle;
  }
  return after;
}
