import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { detailLine } from '../diagnosis/excerpt.ts';
import type { HomeReading } from '../domain/home-reading.ts';
import type { Log } from '../domain/log.ts';
import type { HomeSurroundings } from '../genesis/home.ts';
import { readScannedHome } from './genesis-home.ts';
import { type HomeScan, scanGenesisHome } from './genesis-home-scan.ts';
import { createFolderWatchers } from './genesis-home-watchers.ts';

/** What a watch of a Genesis home needs. */
export interface HomeWatchDeps extends HomeSurroundings {
  readonly log: Log;
  /** Receives the first reading, and each reading that differs from the one before. */
  readonly onReading: (reading: HomeReading) => void;
  /** How often to scan without a change event. Network mounts and swapped links send none. */
  readonly pollIntervalMs?: number;
  /** How long the files must stay unchanged before they are read again, since an install writes many. */
  readonly settleMs?: number;
}

/** A watch that goes on until it is closed. */
export interface HomeWatch {
  /** Stops the watch; resolves when the current reading has ended. */
  close(): Promise<void>;
}

/** How many times to wait for unchanged files before reading them anyway. */
const MAX_WAITS = 20;

/**
 * Reads a Genesis home at once, and again whenever its files change. A failed reading carries the processes of the last good
 * one, and each scan tries again.
 */
export function watchGenesisHome(home: string, deps: HomeWatchDeps): HomeWatch {
  const { log, onReading, pollIntervalMs = 30_000, settleMs = 250 } = deps;
  const closing = new AbortController();
  let changed = new AbortController();
  const watchers = createFolderWatchers(() => changed.abort());
  let good: HomeReading | undefined;
  let last: HomeReading | undefined;

  async function settledScan(seen: HomeScan | undefined): Promise<HomeScan> {
    let scan = await scanGenesisHome(home);
    for (let waits = 0; seen !== undefined && scan.fingerprint !== seen.fingerprint && waits < MAX_WAITS; waits++) {
      await wait(settleMs, closing.signal);
      const again = await scanGenesisHome(home);
      if (again.fingerprint === scan.fingerprint) break;
      scan = again;
    }
    return scan;
  }

  function give(reading: HomeReading): void {
    if (reading.isSuccessful) good = reading;
    const { processes, healthPort } = good ?? reading;
    const given = { ...reading, processes, healthPort };
    if (isDeepStrictEqual(given, last)) return;
    last = given;
    const { isSuccessful, hints } = given;
    const problems = given.problems.map(detailLine);
    if (!isSuccessful) log.warn({ home, problems, hints }, 'Genesis home cannot be read');
    else if (problems.length > 0) log.warn({ home, problems }, 'parts of the Genesis home were passed over');
    else log.info({ home, processes: processes.length, healthPort }, 'Genesis home read');
    onReading(given);
  }

  async function look(seen: HomeScan | undefined): Promise<HomeScan> {
    changed = new AbortController();
    watchers.renew();
    const scan = await settledScan(seen);
    if (closing.signal.aborted) return scan;
    watchers.follow(scan.folders);
    if (scan.fingerprint === seen?.fingerprint && last?.isSuccessful === true) return scan;
    const reading = await readScannedHome(scan, deps);
    if (!closing.signal.aborted) give(reading);
    return scan;
  }

  async function run(): Promise<void> {
    let seen: HomeScan | undefined;
    while (!closing.signal.aborted) {
      seen = await look(seen);
      await wait(pollIntervalMs, AbortSignal.any([closing.signal, changed.signal]));
      // Changes come in bursts: one scan covers all changes so far.
      await wait(settleMs, closing.signal);
    }
    watchers.close();
  }

  const running = run();
  return {
    close: async () => {
      closing.abort();
      await running;
    },
  };
}

async function wait(ms: number, until: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal: until }).catch(() => undefined);
}
