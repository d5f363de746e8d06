const UNITS = [
  { pattern: /([\d.]+)ns/g, unitMs: 1e-6 },
  { pattern: /([\d.]+)[u\u00b5\u03bc]s/g, unitMs: 1e-3 },
  { pattern: /([\d.]+)ms/g, unitMs: 1 },
  { pattern: /([\d.]+)s/g, unitMs: 1_000 },
  { pattern: /([\d.]+)m(?!s)/g, unitMs: 60_000 },
  { pattern: /([\d.]+)h/g, unitMs: 3_600_000 },
] as const;

/** What Go counts nanoseconds up to. */
const MAX_MS = 2 ** 63 / 1e6;

const WHOLE = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[num\u00b5\u03bc]?s|m|h))+)$/;

/** Milliseconds in a duration as Go reads it, such as `1.5h`, `1m30s` or `-1us`; undefined when it is none. */
export function parseGoDuration(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  const parts = UNITS.flatMap(({ pattern, unitMs }) =>
    [...text.matchAll(pattern)].map(([, count]) => Number(count) * unitMs),
  );
  const totalMs = parts.reduce((total, ms) => total + ms, 0);
  if (totalMs >= MAX_MS) return undefined;
  return text.startsWith('-') ? -totalMs : totalMs;
}
