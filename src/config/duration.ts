/** A duration in Prometheus' format: units from large to small, each at most once. */
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

/** Milliseconds in a duration such as `15s`, `1h30m`, `500ms` or `0`; undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION_PATTERN.exec(text);
  if (match === null) return undefined;
  return UNITS.reduce((totalMs, { unitMs }, index) => totalMs + Number(match[index + 1] ?? 0) * unitMs, 0);
}

/** The shortest text that `parseDuration` reads as `durationMs`. Years, weeks and days appear only when they leave no rest. */
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

const GO_UNITS = [
  { pattern: /([\d.]+)ns/g, unitMs: 1e-6 },
  { pattern: /([\d.]+)[u\u00b5\u03bc]s/g, unitMs: 1e-3 },
  { pattern: /([\d.]+)ms/g, unitMs: 1 },
  { pattern: /([\d.]+)s/g, unitMs: 1_000 },
  { pattern: /([\d.]+)m(?!s)/g, unitMs: 60_000 },
  { pattern: /([\d.]+)h/g, unitMs: 3_600_000 },
] as const;

/** Limit of Go's `time.Duration`, 2^63 nanoseconds, in milliseconds. */
const MAX_MS = 2 ** 63 / 1e6;

const WHOLE = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[num\u00b5\u03bc]?s|m|h))+)$/;

/** Milliseconds in a duration in Go's format, such as `1.5h`, `1m30s` or `-1us`; undefined when the text is no duration. */
export function parseGoDuration(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  const parts = GO_UNITS.flatMap(({ pattern, unitMs }) =>
    [...text.matchAll(pattern)].map(([, count]) => Number(count) * unitMs),
  );
  const totalMs = parts.reduce((total, ms) => total + ms, 0);
  if (totalMs >= MAX_MS) return undefined;
  return text.startsWith('-') ? -totalMs : totalMs;
}
