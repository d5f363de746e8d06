import { setTimeout as pause } from 'node:timers/promises';
import type { MeasuredExporter } from './exporter.ts';
import type { LoopDelays } from './loop-meter.ts';
import { scrape } from './scrape.ts';

/** What an exporter cost in one round. */
export interface Costs {
  /** Of one core; probing and serving together. */
  readonly cpuPercent: number;
  /** The highest of what was seen. */
  readonly rssBytes: number;
  readonly loop: LoopDelays;
}

/** Watches a metered exporter for one interval in which it is scraped once, or not at all. */
export async function watchInterval(exporter: MeasuredExporter, intervalMs: number, isScraped = true): Promise<Costs> {
  await exporter.ask();
  const cpuBefore = exporter.cpuMs();
  const startedMs = performance.now();
  let rssBytes = 0;
  const sampler = setInterval(() => {
    rssBytes = Math.max(rssBytes, exporter.rssBytes());
  }, 250);
  await pause(intervalMs / 2);
  if (isScraped) await scrape(exporter.url);
  await pause(intervalMs - (performance.now() - startedMs));
  clearInterval(sampler);
  const tookMs = performance.now() - startedMs;
  const cpuPercent = (100 * (exporter.cpuMs() - cpuBefore)) / tookMs;
  // What the meter sends is its own type.
  return { cpuPercent, rssBytes, loop: (await exporter.ask()) as LoopDelays };
}
