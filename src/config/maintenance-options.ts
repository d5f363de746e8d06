import { parseInstant } from '../domain/instant.ts';
import type { MaintenanceTime, MaintenanceWindow } from '../domain/maintenance.ts';
import { formatDuration } from './duration.ts';
import type { MaintenanceDocument } from './schema-maintenance.ts';
import type { Resolving } from './secret.ts';

/** Fills in the defaults of a window and reports contradictions. */
export function resolveMaintenance(
  document: MaintenanceDocument,
  index: number,
  { report }: Resolving,
): MaintenanceWindow {
  const { name, nodes = [], clusters = [] } = document;
  return { name, nodes, clusters, time: timeOf(document, index, report) };
}

/** Limits the work: each check of a daily window goes through as many days as the window lasts. */
const MAX_DURATION_MS = 7 * 86_400_000;

const NEVER: MaintenanceTime = { kind: 'once', fromMs: 0, toMs: 0 };

function timeOf(document: MaintenanceDocument, index: number, report: Resolving['report']): MaintenanceTime {
  const { start, duration, days = [], timezone = 'UTC', from, to } = document;
  const path = ['maintenance', index];
  const isDaily = [start, duration, document.days, document.timezone].some((part) => part !== undefined);
  const isOnce = [from, to].some((part) => part !== undefined);
  if (isDaily !== isOnce && start !== undefined && duration !== undefined && duration > 0) {
    if (duration > MAX_DURATION_MS)
      report({ path: [...path, 'duration'], message: 'expected at most 7d; from and to may be further apart' });
    const [hours = 0, minutes = 0] = start.split(':').map(Number);
    return { kind: 'daily', startMs: (hours * 60 + minutes) * 60_000, durationMs: duration, days, timeZone: timezone };
  }
  const [fromMs, toMs] = [from, to].map((given) => parseInstant(given ?? ''));
  if (isDaily !== isOnce && fromMs !== undefined && toMs !== undefined) {
    if (fromMs >= toMs) report({ path: [...path, 'to'], message: 'expected a time after `from`' });
    return { kind: 'once', fromMs, toMs };
  }
  report({ path, message: 'expected start and a duration, or from and to' });
  return NEVER;
}

/** A window with the keys of the configuration file. */
export function maskMaintenance({ name, nodes, clusters, time }: MaintenanceWindow): Record<string, unknown> {
  const times =
    time.kind === 'once'
      ? { from: new Date(time.fromMs).toISOString(), to: new Date(time.toMs).toISOString() }
      : {
          start: new Date(time.startMs).toISOString().slice(11, 16),
          duration: formatDuration(time.durationMs),
          ...(time.days.length > 0 && { days: time.days }),
          timezone: time.timeZone,
        };
  return { name, ...times, ...(nodes.length > 0 && { nodes }), ...(clusters.length > 0 && { clusters }) };
}
