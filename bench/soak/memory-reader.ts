import { readSamples } from './answer.ts';
import type { Member } from './member.ts';
import { pause } from './pause.ts';
import type { ReaderDeps } from './reader.ts';
import { missingButNotRed, ruptures } from './ruptures.ts';
import { readTestimonies, type Testimony } from './testimony.ts';
import { TIMING } from './timing.ts';
import { isWell } from './truth.ts';

const ASK_EVERY_MS = 200;

/** Asks what the exporter has learned, over and over and through its lives; throws when that does not go on from what it said before. */
export async function readMemory({
  driver,
  stalls,
  signal,
  onRight,
}: Omit<ReaderDeps, 'random' | 'members'>): Promise<void> {
  /** Undefined when the exporter or its configuration changed meanwhile. */
  async function ask(): Promise<ReadonlyMap<string, Testimony> | undefined> {
    const [changesBefore, askedMs] = [driver.changes, performance.now()];
    const isSteady = (): boolean => changesBefore === driver.changes && changesBefore % 2 === 0;
    try {
      const body = await (await fetch(`${driver.url}/api/v1/nodes`)).text();
      const page = await (await fetch(`${driver.url}/metrics`)).text();
      if (!isSteady()) return undefined;
      return readTestimonies(body, readSamples(page), { askedMs, answeredMs: performance.now() });
    } catch (error) {
      if (!isSteady()) return undefined;
      throw new Error('no answer, though the exporter runs', { cause: error });
    }
  }

  function judge({ name, history, recollection }: Member, said: Testimony): void {
    const { last } = recollection;
    const fromMs = (last?.askedMs ?? 0) - TIMING.settleMs;
    const hasBeenWell =
      !stalls.during(fromMs, said.answeredMs) &&
      history.during(fromMs, said.answeredMs).every(({ value }) => isWell(value));
    const wrong = [...(last ? ruptures(last, said, hasBeenWell) : []), ...missingButNotRed(said)];
    if (wrong.length > 0) {
      const ago = Math.round(said.askedMs - (last?.askedMs ?? said.askedMs));
      const born = Math.round(said.askedMs - driver.startedMs);
      throw new Error(
        [`${name}: memory does not go on, ${ago} ms after the last, ${born} ms into a life:`, ...wrong].join('\n'),
      );
    }
    recollection.add(said);
    onRight();
  }

  while (!signal.aborted) {
    const testimonies = await ask();
    for (const member of driver.configured()) {
      const said = testimonies?.get(member.name);
      if (said !== undefined) judge(member, said);
    }
    await pause(ASK_EVERY_MS, signal);
  }
}
