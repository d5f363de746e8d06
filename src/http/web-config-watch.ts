import type { Log } from '../domain/log.ts';
import { readWebConfig, stampOf, type WebInForce, type WebReading } from './web-config.ts';

/** A web configuration that is reloaded when its files change. */
export interface WebConfigWatch {
  /** The last valid configuration. */
  current(): WebInForce;
  close(): void;
}

/** What `watchWebConfig` needs. */
export interface WatchOptions {
  readonly file: string;
  /** The configuration at start. */
  readonly web: WebInForce;
  /** The files it was read from, with their state. */
  readonly stamps: WebReading['stamps'];
  readonly log: Log;
  readonly intervalMs?: number;
}

/** Checks every second whether a file has changed. A version with problems is logged once and ignored. */
export function watchWebConfig({ file, web, stamps, log, intervalMs = 1000 }: WatchOptions): WebConfigWatch {
  let current = web;
  let seen = stamps;
  let isClosed = false;
  let timer = setTimeout(onTime, intervalMs).unref();

  async function hasChanged(): Promise<boolean> {
    const now = await Promise.all(Array.from(seen, async ([path, stamp]) => (await stampOf(path)) !== stamp));
    return now.includes(true);
  }

  async function reread(): Promise<void> {
    const reading = await readWebConfig(file);
    seen = reading.stamps;
    const isSwitch = reading.web !== undefined && (reading.web.tls === undefined) !== (current.tls === undefined);
    if (reading.web === undefined || isSwitch) {
      const problems = isSwitch ? ['TLS is turned on and off by a restart only'] : reading.problems;
      log.error({ file, problems }, 'web configuration is invalid, the previous one stays in force');
      return;
    }
    current = reading.web;
    log.info({ file }, 'web configuration reloaded');
  }

  function onTime(): void {
    hasChanged()
      .then((changed) => (changed ? reread() : undefined))
      .catch((error: unknown) => log.error({ file, err: error }, 'web configuration cannot be watched'))
      .finally(() => {
        if (!isClosed) timer = setTimeout(onTime, intervalMs).unref();
      });
  }

  function close(): void {
    isClosed = true;
    clearTimeout(timer);
  }

  return { current: () => current, close };
}
