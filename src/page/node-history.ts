import type { HistoryEvent, NodeHistory, StateSpan } from '../domain/history.ts';
import { isoText } from '../domain/instant.ts';
import type { Stretch } from '../domain/maintenance.ts';
import type { Availability } from './availability.ts';
import type { EventInfo } from './event-info.ts';
import type { IncidentInfo } from './incident-list.ts';
import type { SubjectHistory } from './strip-list.ts';
import { STATES_BEST_FIRST, type StripWindow } from './strip-shapes.ts';

/** What a node's page shows of its history: the node first, then the processes named, then those that are only history. */
export function subjectsOf(
  history: NodeHistory,
  processes: readonly string[],
  window: StripWindow,
  maintenance?: readonly Stretch[],
): readonly SubjectHistory[] {
  const spans = spansBySubject(history.spans, window);
  const names = new Set<string | undefined>([undefined, ...processes, ...spans.keys()]);
  return [...names].map((process) => {
    const own = spans.get(process) ?? [];
    return {
      process,
      spans: own.map((span) => ({ ...span, toMs: endOf(span, window) })),
      availability: availabilityOf(own, window, maintenance),
    };
  });
}

function spansBySubject(
  spans: readonly StateSpan[],
  window: StripWindow,
): ReadonlyMap<string | undefined, readonly StateSpan[]> {
  const bySubject = new Map<string | undefined, StateSpan[]>();
  for (const span of spans) {
    if (span.fromMs >= window.toMs || endOf(span, window) <= window.fromMs) continue;
    const own = bySubject.get(span.process) ?? [];
    own.push(span);
    bySubject.set(span.process, own);
  }
  return bySubject;
}

function endOf({ toMs }: StateSpan, window: StripWindow): number {
  return Math.min(toMs ?? window.toMs, window.toMs);
}

/** How long the spans of one subject were healthy within a window, the time of maintenance left out; one without an end goes on to the end of the window. */
export function availabilityOf(
  spans: readonly StateSpan[],
  window: StripWindow,
  maintenance?: readonly Stretch[],
): Availability {
  let watchedMs = 0;
  let healthyMs = 0;
  for (const span of spans) {
    const fromMs = Math.max(span.fromMs, window.fromMs);
    const toMs = endOf(span, window);
    const ms = toMs - fromMs - (lengthWithin(maintenance, fromMs, toMs) ?? 0);
    watchedMs += ms;
    if (span.healthy) healthyMs += ms;
  }
  return { watchedMs, healthyMs, maintenanceMs: lengthWithin(maintenance, window.fromMs, window.toMs) };
}

function lengthWithin(stretches: readonly Stretch[] | undefined, fromMs: number, toMs: number): number | undefined {
  return stretches?.reduce(
    (sum, stretch) => sum + Math.max(0, Math.min(toMs, stretch.toMs) - Math.max(fromMs, stretch.fromMs)),
    0,
  );
}

/** The stretches of a window in which the node or a process was not healthy, the newest first. */
export function incidentsOf(history: NodeHistory, window: StripWindow): readonly IncidentInfo[] {
  const incidents: IncidentInfo[] = [];
  for (const spans of spansBySubject(history.spans, window).values()) {
    let run: StateSpan[] = [];
    for (const span of spans) {
      if (run.at(-1)?.toMs !== span.fromMs || span.healthy) {
        if (countsAsIncident(run)) incidents.push(incidentOf(run, window));
        run = [];
      }
      if (!span.healthy) run.push(span);
    }
    if (countsAsIncident(run)) incidents.push(incidentOf(run, window));
  }
  return incidents.toSorted((a, b) => b.from.localeCompare(a.from));
}

/** While nothing is known of a node, its own incident says so; its processes have none. */
function countsAsIncident(run: readonly StateSpan[]): boolean {
  return run.some(
    ({ process, reason }) => process === undefined || !(reason === 'health_unavailable' || reason === 'stale'),
  );
}

function incidentOf(run: readonly StateSpan[], window: StripWindow): IncidentInfo {
  const worst = run.reduce((found, span) =>
    STATES_BEST_FIRST.indexOf(span.state) > STATES_BEST_FIRST.indexOf(found.state) ? span : found,
  );
  const fromMs = run[0]?.fromMs ?? window.fromMs;
  const toMs = run.at(-1)?.toMs;
  return {
    process: worst.process ?? null,
    from: isoText(fromMs),
    to: toMs === undefined ? null : isoText(toMs),
    durationSeconds: ((toMs ?? window.toMs) - fromMs) / 1000,
    state: worst.state,
    reason: worst.reason ?? null,
    message: worst.message,
  };
}

/** An event as `/api/v1/events` tells it. */
export function eventInfo(event: HistoryEvent): EventInfo {
  const { id, atMs, betweenMs, node, process, kind, from, to, reason, message, durationMs } = event;
  return {
    id,
    at: atMs === undefined ? null : isoText(atMs),
    betweenFrom: betweenMs === undefined ? null : isoText(betweenMs.from),
    betweenTo: betweenMs === undefined ? null : isoText(betweenMs.to),
    node,
    process: process ?? null,
    kind,
    from: from ?? null,
    to: to ?? null,
    reason: reason ?? null,
    message,
    durationSeconds: durationMs === undefined ? null : durationMs / 1000,
  };
}
