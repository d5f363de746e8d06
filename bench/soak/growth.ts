import type { Sample } from './sample.ts';

/** What became of a whole soak: lines for people, and whether all is as it should be. */
export interface Verdict {
  readonly lines: readonly string[];
  readonly isGood: boolean;
}

interface Measure {
  readonly name: string;
  readonly unit: string;
  /** How much more the last third may have than the first: a share of that and an amount, whichever is larger. */
  readonly share: number;
  readonly amount: number;
  /** Which of the sorted samples stands for all: 0 the lowest, 0.5 the middle one. */
  readonly quantile: number;
  of(sample: Sample): number;
}

const MIB = 2 ** 20;

/** What is left when garbage has just been collected. */
const LOW = 0.1;

const MEASURES: readonly Measure[] = [
  { name: 'file descriptors', unit: '', share: 0.1, amount: 8, quantile: 0.5, of: ({ openFds }) => openFds },
  { name: 'heap', unit: ' MiB', share: 0.15, amount: 4, quantile: LOW, of: ({ heapBytes }) => heapBytes / MIB },
  {
    name: 'resident memory',
    unit: ' MiB',
    share: 0.15,
    amount: 16,
    quantile: 0.5,
    of: ({ residentBytes }) => residentBytes / MIB,
  },
];

/** Of the longest life of the exporter this much is warm-up: a minute, or a fifth of it when that is less. */
const WARM_UP_MINUTES = 1;
const WARM_UP_SHARE = 0.2;
const LEAST_SAMPLES = 30;

/** Judges a soak by its samples: nothing grows from the first third after the warm-up to the last, and no tick was missed without an excuse. */
export function judgeSamples(samples: readonly Sample[]): Verdict {
  const verdicts = [
    ...judgeGrowth(longestLife(samples)),
    judgeNone('missed ticks', samples, ({ missedTicks }) => missedTicks),
    judgeNone('internal errors', samples, ({ internalErrors }) => internalErrors),
  ];
  return {
    lines: verdicts.map(({ isGood, line }) => `${isGood ? 'good' : 'BAD '}  ${line}`),
    isGood: verdicts.every(({ isGood }) => isGood),
  };
}

interface Finding {
  readonly line: string;
  readonly isGood: boolean;
}

function judgeGrowth(samples: readonly Sample[]): readonly Finding[] {
  const [startMinutes, endMinutes] = [samples[0]?.minutes ?? 0, samples.at(-1)?.minutes ?? 0];
  const warmUpMinutes = Math.min(WARM_UP_MINUTES, (endMinutes - startMinutes) * WARM_UP_SHARE);
  const warm = samples.filter(({ minutes }) => minutes - startMinutes >= warmUpMinutes);
  if (warm.length < LEAST_SAMPLES) return [{ line: 'growth: the soak was too short to tell', isGood: true }];
  const third = Math.floor(warm.length / 3);
  return MEASURES.map(({ name, unit, share, amount, quantile, of }) => {
    const first = quantileOf(warm.slice(0, third).map(of), quantile);
    const last = quantileOf(warm.slice(-third).map(of), quantile);
    const most = first + Math.max(first * share, amount);
    const line = `${name}: ${first.toFixed(1)} to ${last.toFixed(1)}${unit}, at most ${most.toFixed(1)}`;
    return { line, isGood: last <= most };
  });
}

/** A counter that begins anew in each life must stay 0 in all of them, but for what a machine that stalled has brought. */
function judgeNone(name: string, samples: readonly Sample[], of: (sample: Sample) => number): Finding {
  const steps = samples.map((sample, index) => {
    const before = samples[index - 1];
    return { sample, added: of(sample) - (before?.life === sample.life ? of(before) : 0) };
  });
  const sum = (excused: boolean): number =>
    steps.filter(({ sample }) => sample.afterStall === excused).reduce((total, { added }) => total + added, 0);
  const line = `${name}: ${sum(false)}, at most 0; while the machine stalled ${sum(true)}`;
  return { line, isGood: samples.length > 0 && sum(false) === 0 };
}

function longestLife(samples: readonly Sample[]): readonly Sample[] {
  const lives = [...new Set(samples.map(({ life }) => life))];
  const byLife = lives.map((life) => samples.filter((sample) => sample.life === life));
  return byLife.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** NaN when one of the values is no number. */
function quantileOf(values: readonly number[], quantile: number): number {
  if (values.some(Number.isNaN)) return Number.NaN;
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * quantile)] ?? Number.NaN;
}
