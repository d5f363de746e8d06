import { type Fault, processFault } from './faults.ts';
import type { Member } from './member.ts';
import { pause } from './pause.ts';
import { createRandom, type Random } from './random.ts';
import { TIMING } from './timing.ts';
import type { Weather } from './weather.ts';

/** What trouble is made with. */
export interface TroubleDeps {
  readonly seed: number;
  readonly weather: Weather;
  readonly signal: AbortSignal;
}

/** Has things go wrong with a node in every storm, and puts all of them right before its end; resolves when the soak is over. */
export async function makeTrouble(member: Member, { seed, weather, signal }: TroubleDeps): Promise<void> {
  const names = member.node.processes.map(({ name }) => name);

  async function repeat(random: Random, draw: () => Fault): Promise<void> {
    while (!signal.aborted) {
      // A slow answer that is still on its way may come this much after its fault: only then may the next one begin.
      await pause(2 * TIMING.timeoutMs + random.between(0, 5000), signal);
      await weather.storm();
      if (signal.aborted) return;
      const { begin, end, answers } = draw();
      await member.change(begin, answers);
      await pause(Math.min(random.between(50, 6000), weather.leftMs()), signal);
      await member.change(end, answers && 'at_once');
    }
  }

  const health = createRandom(seed, `${member.name} health`);
  const processes = createRandom(seed, `${member.name} processes`);
  await Promise.all([
    repeat(health, () => health.pick(member.healthFaults)),
    repeat(processes, () => processFault(processes.pick(names), processes)),
  ]);
}
