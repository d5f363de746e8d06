import type { Clock } from '../domain/clock.ts';
import type { HomeReading } from '../domain/home-reading.ts';
import type { Log } from '../domain/log.ts';
import type { HomeSurroundings } from '../genesis/home.ts';
import type { Watchers } from './node-set.ts';

/** What watches of sources work with. */
export interface WatcherDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** The exporter's own version, for the User-Agent. */
  readonly version: string;
  readonly surroundings: HomeSurroundings;
  /** Told of each refresh of a discovery source. */
  readonly onRefresh: (source: string, isSuccess: boolean) => void;
}

/** The watches of each kind of source; what they need is loaded with the first of them. */
export function createWatchers(deps: WatcherDeps): Watchers {
  return {
    async fileSd(options, onTargets) {
      const { watchFileSd } = await import('../discovery/file-sd.ts');
      return watchFileSd(options, { ...deps, onTargets: (_source, targets) => onTargets(targets) });
    },
    async httpSd(options, onTargets) {
      const { pollHttpSd } = await import('../discovery/http-sd.ts');
      return pollHttpSd(options, { ...deps, onTargets: (_source, targets) => onTargets(targets) });
    },
    async dnsSd(options, onTargets) {
      const { pollDnsSd } = await import('../discovery/dns-sd.ts');
      return pollDnsSd(options, { ...deps, onTargets: (_source, targets) => onTargets(targets) });
    },
    async home(path, onReading) {
      const { watchGenesisHome } = await import('../discovery/genesis-home-watch.ts');
      let tellReady = (): void => {};
      const ready = new Promise<void>((resolve) => {
        tellReady = resolve;
      });
      const take = (reading: HomeReading): void => {
        onReading(reading);
        tellReady();
      };
      const { close } = watchGenesisHome(path, { ...deps.surroundings, log: deps.log, onReading: take });
      return { ready, close };
    },
  };
}
