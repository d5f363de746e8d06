const formats = new Map<string, Intl.DateTimeFormat>();

/** The clock of a time zone, as a number that counts like milliseconds of UTC: 02:00 there is what 02:00 UTC would be. */
export function wallClockMs(atMs: number, zone: string): number {
  if (zone === 'UTC') return atMs;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(atMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((atMs % 1000) + 1000) % 1000);
}

/** The moment at which a zone's clock shows this; undefined for a time that a change of the clock skips. */
export function momentOfWallClock(wallMs: number, zone: string): number | undefined {
  let atMs = wallMs;
  // The second turn mends a guess on the other side of a change of the clock.
  for (let turn = 0; turn < 2; turn += 1) atMs = wallMs - (wallClockMs(atMs, zone) - atMs);
  return wallClockMs(atMs, zone) === wallMs ? atMs : undefined;
}

/** A moment by the clock of a zone, to the second: `2026-11-26 18:20:34`. */
export function clockText(atMs: number, zone: string): string {
  return new Date(wallClockMs(atMs, zone)).toISOString().slice(0, 19).replace('T', ' ');
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, ...numeric, ...clock });
  formats.set(zone, format);
  return format;
}
