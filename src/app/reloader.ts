import { ConfigError } from '../config/config-error.ts';
import { warnOfMaintenance } from '../config/maintenance-names.ts';
import type { Config } from '../config/settings.ts';
import type { Log } from '../domain/log.ts';

/** What became of a reload: no problems, or a line for each and the configuration before still in force. */
export type Reload = () => Promise<readonly string[]>;

/** What a reloader works with. */
export interface ReloaderDeps {
  /** Reads and checks everything; rejects with a ConfigError when it is not good. */
  readonly load: () => Promise<Config>;
  /** Puts a good configuration in force, whole. */
  readonly apply: (config: Config) => Promise<void>;
  readonly onLoaded: (isSuccess: boolean) => void;
  readonly log: Log;
}

/**
 * Reloads one at a time. Who asks while one is under way waits for one more, which reads what there is then; however many
 * ask, they share it.
 */
export function createReloader({ load, apply, onLoaded, log }: ReloaderDeps): Reload {
  let running: Promise<readonly string[]> | undefined;
  let queued: Promise<readonly string[]> | undefined;

  async function reloadOnce(): Promise<readonly string[]> {
    try {
      const config = await load();
      await apply(config);
      log.info({ nodes: config.nodes.length }, 'configuration reloaded');
      for (const warning of warnOfMaintenance(config)) log.warn({}, warning);
      onLoaded(true);
      return [];
    } catch (error) {
      onLoaded(false);
      if (!(error instanceof ConfigError)) throw error;
      log.error({ problems: error.problems }, 'configuration not reloaded, the one before stays in force');
      return error.problems;
    }
  }

  function start(): Promise<readonly string[]> {
    running = reloadOnce().finally(() => {
      running = undefined;
    });
    return running;
  }

  function reload(): Promise<readonly string[]> {
    if (queued !== undefined) return queued;
    if (running === undefined) return start();
    queued = running
      .catch(() => [])
      .then(() => {
        queued = undefined;
        return start();
      });
    return queued;
  }

  return reload;
}
