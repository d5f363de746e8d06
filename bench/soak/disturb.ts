import type { Driver } from './driver.ts';
import type { Member } from './member.ts';
import { pause } from './pause.ts';
import type { Random } from './random.ts';
import type { Weather } from './weather.ts';

/** What an exporter is disturbed with. */
export interface DisturbDeps {
  readonly driver: Driver;
  readonly members: readonly Member[];
  readonly random: Random;
  readonly weather: Weather;
  readonly signal: AbortSignal;
  /** Whether it is killed at times. */
  readonly kill: boolean;
}

/** Reloads the exporter in every storm, with nodes added, removed and edited and with broken files, and kills it if so told. */
export async function disturb({ driver, members, random, weather, signal, kill }: DisturbDeps): Promise<void> {
  function remove(): Promise<void> {
    const present = driver.configured();
    if (present.length <= members.length / 2) return driver.reload(members);
    const gone = random.pick(present);
    return driver.reload(present.filter((member) => member !== gone));
  }

  async function add(): Promise<void> {
    const absent = members.filter((member) => !driver.configured().includes(member));
    if (absent.length > 0) await driver.reload([...driver.configured(), random.pick(absent)]);
  }

  const reloads = [
    remove,
    add,
    () => driver.reload(driver.configured(), [random.pick(driver.configured())]),
    () => driver.reload(driver.configured().toReversed()),
    driver.reloadBroken,
  ];
  while (!signal.aborted) {
    await pause(random.between(1000, 6000), signal);
    await weather.storm();
    if (signal.aborted) return;
    const killsNow = kill && random.between(0, 6) < 1;
    await (killsNow ? driver.killAndStart() : random.pick(reloads)());
  }
}
