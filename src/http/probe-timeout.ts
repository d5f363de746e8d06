const SECONDS = /^\d{1,9}(?:\.\d{1,9})?$/;

/**
 * Milliseconds that a probe may take so that its answer is there before Prometheus gives up: the seconds of its
 * `X-Prometheus-Scrape-Timeout-Seconds` header less the offset, or half of them where the offset leaves less. Undefined without
 * the header; `malformed` when it is no positive number.
 */
export function probeTimeoutMs(header: string | undefined, offsetMs: number): number | undefined | 'malformed' {
  if (header === undefined) return undefined;
  const scrapeMs = SECONDS.test(header.trim()) ? Number(header) * 1000 : 0;
  return scrapeMs > 0 ? Math.ceil(Math.max(scrapeMs - offsetMs, scrapeMs / 2)) : 'malformed';
}
