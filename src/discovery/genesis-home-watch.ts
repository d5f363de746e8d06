import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { detailLine } from '../diagnosis/excerpt.ts';
import type { HomeReading } from '../domain/home-reading.ts';
import type { Log } from '../domain/log.ts';
import type { HomeSurroundings } from '../genesis/home.ts';
import { readScannedHome } from './genesis-home.ts';
import { type HomeScan, scanGenesisHome } from './genesis-home-scan.ts';
import { createFolderWatchers } from './genesis-home-watchers.ts';

/** Around a watch of a Genesis home. */
export interface HomeWatchDeps extends HomeSurroundings {
  readonly log: Log;
  /** Given the first reading, and each one that differs from the one before. */
  readonly onReading: (reading: HomeReading) => void;
  /** How often to look without a sign of change, since network mounts and swapped links give none. */
  readonly pollIntervalMs?: number;
  /** How long the files must lie still before they are read again, since an install writes many. */
  readonly settleMs?: number;
}

/** A watch that goes on until it is closed. */
export interface HomeWatch {
  /** No further reading is given; resolves when the one under way has ended. */
  close(): Promise<void>;
}

/** How many times to wait for files to lie still, before what there is gets read. */
const MAX_WAITS = 20;

/**
 * Reads a Genesis home at once, and again whenever its files have changed. A reading that fails is given with what the last
 * good one said, and tried again at every look.
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
      // Changes come in storms: one look answers all that came meanwhile.
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
