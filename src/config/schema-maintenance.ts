import * as z from 'zod';
import { parseInstant } from '../domain/instant.ts';
import { DAYS } from '../domain/maintenance.ts';
import { field, list, longDuration, mapping, text, word } from './schema-values.ts';

const CLOCK_TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
const EXPECTED_TIME = 'a time such as "02:00"';
const EXPECTED_MOMENT = 'a time such as 2026-12-05T22:00:00Z';
const EXPECTED_ZONE = 'a time zone such as Europe/London';

function moment() {
  return z.string(EXPECTED_MOMENT).refine((given) => parseInstant(given) !== undefined, EXPECTED_MOMENT);
}

/** One window of planned maintenance. */
export const maintenanceSchema = mapping({
  name: text().meta({ description: 'What is done; the pages show it.' }),
  start: field(
    z.string(EXPECTED_TIME).regex(CLOCK_TIME, EXPECTED_TIME),
    'When it begins by the clock of the time zone, such as "02:00".',
  ),
  duration: field(longDuration(), 'How long it lasts.'),
  days: field(list(word(DAYS)), 'Days of the week on which it begins; default: every day.'),
  timezone: field(z.string(EXPECTED_ZONE).refine(isTimeZone, EXPECTED_ZONE), 'Time zone of start and days.', 'UTC'),
  from: field(moment(), 'Begin of a window that is once.'),
  to: field(moment(), 'End of a window that is once.'),
  nodes: field(list(text()), 'Nodes that it concerns; without nodes and clusters, all.'),
  clusters: field(list(text()), 'Genesis clusters whose nodes it concerns.'),
});

/** A checked window; its duration is in milliseconds. */
export type MaintenanceDocument = z.output<typeof maintenanceSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
