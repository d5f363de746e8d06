/** The form of a duration as Prometheus writes it: units from large to small, each at most once. */
export const DURATION_PATTERN =
  /^(?:0|(?=\d)(?:(\d{1,9})y)?(?:(\d{1,9})w)?(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?(?:(\d{1,9})ms)?)$/;

const UNITS = [
  { unit: 'y', unitMs: 365 * 86_400_000, onlyWhole: true },
  { unit: 'w', unitMs: 7 * 86_400_000, onlyWhole: true },
  { unit: 'd', unitMs: 86_400_000, onlyWhole: true },
  { unit: 'h', unitMs: 3_600_000, onlyWhole: false },
  { unit: 'm', unitMs: 60_000, onlyWhole: false },
  { unit: 's', unitMs: 1_000, onlyWhole: false },
  { unit: 'ms', unitMs: 1, onlyWhole: false },
] as const;

/** Milliseconds in a duration such as `15s`, `1h30m`, `500ms` or `0`; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION_PATTERN.exec(text);
  if (match === null) return undefined;
  return UNITS.reduce((totalMs, { unitMs }, index) => totalMs + Number(match[index + 1] ?? 0) * unitMs, 0);
}

/** The shortest duration that `parseDuration` reads as these milliseconds; years, weeks and days only when nothing is left over. */
export function formatDuration(durationMs: number): string {
  let restMs = durationMs;
  let text = '';
  for (const { unit, unitMs, onlyWhole } of UNITS) {
    if (restMs < unitMs || (onlyWhole && restMs % unitMs !== 0)) continue;
    text += `${Math.floor(restMs / unitMs)}${unit}`;
    restMs %= unitMs;
  }
  return text === '' ? '0s' : text;
}
