/** Wall-clock milliseconds as RFC 3339 in UTC: `2026-01-31T12:00:00.000Z`. */
export function isoText(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Wall-clock milliseconds of a moment as RFC 3339 (`2026-01-31T12:00:00Z`) or in Unix seconds; undefined when it is none. */
export function parseInstant(text: string): number | undefined {
  if (/^\d{1,11}(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const isWhole = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text);
  const ms = isWhole ? Date.parse(text.toUpperCase().replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
