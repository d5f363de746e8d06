/** The clock on the wall of a time zone, as a number that counts like milliseconds of UTC: 02:00 there is what 02:00 UTC would be. */
export type WallClock = (atMs: number) => number;

/** The clock of UTC. */
export const UTC: WallClock = (atMs) => atMs;

/** The clock of a time zone such as `Europe/London`. */
export function clockOfZone(timeZone: string): WallClock {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, ...numeric, ...clock });
  return (atMs) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(atMs)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((atMs % 1000) + 1000) % 1000);
  };
}

/** The moment at which a clock shows this; undefined for a time that a change of the clock skips. */
export function momentOfWallClock(wallMs: number, clock: WallClock): number | undefined {
  let atMs = wallMs;
  // The second turn mends a guess on the other side of a change of the clock.
  for (let turn = 0; turn < 2; turn += 1) atMs = wallMs - (clock(atMs) - atMs);
  return clock(atMs) === wallMs ? atMs : undefined;
}

/** A moment by a clock, to the second: `2026-11-26 18:20:34`. */
export function clockText(atMs: number, clock: WallClock): string {
  return new Date(clock(atMs)).toISOString().slice(0, 19).replace('T', ' ');
}
