import { setMaxListeners } from 'node:events';
import { readSamples } from './answer.ts';
import { disturb } from './disturb.ts';
import { type Driver, startDriver } from './driver.ts';
import { freePort } from './free-port.ts';
import { judgeSamples, type Verdict } from './growth.ts';
import { type Member, startMember } from './member.ts';
import { readMemory } from './memory-reader.ts';
import { createNames } from './names.ts';
import type { SoakOptions } from './options.ts';
import { pause } from './pause.ts';
import { hasPrometheus, killPrometheus } from './prometheus.ts';
import { createRandom } from './random.ts';
import { read } from './reader.ts';
import { readSample, type Sample, TABLE_HEAD, tableLine } from './sample.ts';
import { watchStalls } from './stalls.ts';
import { makeTrouble } from './trouble.ts';
import { createWeather } from './weather.ts';

interface SoakDeps {
  readonly driver: Driver;
  readonly members: readonly Member[];
  readonly folder: string;
  readonly print: (line: string) => void;
}

const READERS = 4;
const SAMPLE_EVERY_MS = 1000;
const SAMPLES_A_LINE = 10;

/**
 * A soak from its first line to its verdict, with its files in `folder`; rejects at the first answer that contradicts the
 * truth, saying how.
 */
export async function soak(options: SoakOptions, folder: string, print: (line: string) => void): Promise<Verdict> {
  const names = createNames(folder);
  const members = await Promise.all(Array.from({ length: options.nodes }, (_, index) => startMember(index, names)));
  try {
    const driver = await startDriver(folder, await freePort(), members, names.env);
    try {
      return await soakExporter(options, { driver, members, folder, print });
    } finally {
      await driver.stop();
    }
  } finally {
    await Promise.all(members.map((member) => member.stop()));
  }
}

async function soakExporter(options: SoakOptions, { driver, members, folder, print }: SoakDeps): Promise<Verdict> {
  const { seed, kill } = options;
  const ending = new AbortController();
  const { signal } = ending;
  // Every node, reader and disturber listens to the one signal.
  setMaxListeners(0, signal);
  const weather = createWeather(signal);
  const startMs = performance.now();
  const samples: Sample[] = [];
  const stalls = watchStalls(() => driver.pid);
  let checked = 0;

  async function sample(): Promise<void> {
    while (!signal.aborted) {
      await pause(SAMPLE_EVERY_MS, signal);
      const page = await fetch(`${driver.url}/metrics`).then(
        (response) => response.text(),
        () => undefined,
      );
      // Killed just now: there is one more soon.
      if (page === undefined) continue;
      const nowMs = performance.now();
      const afterStall = stalls.during(nowMs - 2 * SAMPLE_EVERY_MS, nowMs);
      const minutes = (nowMs - startMs) / 60_000;
      const taken = readSample(readSamples(page), { minutes, life: driver.lives, afterStall });
      samples.push(taken);
      if (samples.length % SAMPLES_A_LINE !== 0) continue;
      const lags = samples.slice(-SAMPLES_A_LINE).map(({ lagP99Seconds }) => lagP99Seconds);
      print(tableLine(taken, Math.max(...lags), checked, stalls.count));
    }
  }

  function onRight(): void {
    checked += 1;
  }

  function startReader(number: number): Promise<void> {
    const random = createRandom(seed, `reader ${number}`);
    return read({ driver, members, random, stalls, signal, onRight });
  }

  print(TABLE_HEAD);
  const work = [
    pause(options.minutes * 60_000, signal).then(() => ending.abort()),
    sample(),
    disturb({ driver, members, random: createRandom(seed, 'reloads'), weather, signal, kill }),
    ...members.map((member) => makeTrouble(member, { seed, weather, signal })),
    ...Array.from({ length: READERS }, (_, number) => startReader(number)),
    readMemory({ driver, stalls, signal, onRight }),
  ];
  if (kill && hasPrometheus())
    work.push(killPrometheus({ driver, folder, random: createRandom(seed, 'Prometheus'), stalls, signal }));
  try {
    await Promise.race([driver.died, Promise.all(work)]);
  } finally {
    ending.abort();
    await Promise.allSettled(work);
    stalls.stop();
  }
  const { lines, isGood } = judgeSamples(samples);
  const excuse = `the machine stalled ${stalls.count} times, for ${Math.round(stalls.longestMs)} ms at most`;
  return { lines: [...lines, excuse], isGood };
}
