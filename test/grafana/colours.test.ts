import { expect, it } from 'vitest';
import { COLOURS } from '../../grafana/src/colours.ts';
import { STATE_WORDS } from '../../grafana/src/words.ts';
import { isWorse, PROCESS_STATES, type ProcessState } from '../../src/domain/process-state.ts';
import { leastDifference } from './colour-vision.ts';
import { readDashboards } from './read-dashboards.ts';

const PALETTE: readonly string[] = Object.values(COLOURS);

/** Every value in a piece of JSON that stands under one of these keys. */
function valuesUnder(keys: readonly string[], json: unknown): readonly unknown[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [
    ...(keys.includes(key) && typeof value === 'string' ? [value] : []),
    ...valuesUnder(keys, value),
  ]);
}

it.each(PALETTE.flatMap((first, index) => PALETTE.slice(index + 1).map((second) => [first, second] as const)))(
  '%s and %s differ for everybody, whichever cones they lack',
  (first, second) => {
    expect(leastDifference(first, second)).toBeGreaterThan(25);
  },
);

it.each([
  ['#C4162A', '#37872D', 15],
  ['#FF0000', '#A08000', 15],
  ['#2B83CF', '#2B83CF', 0],
])('takes %s and %s for hard to tell apart', (first, second, difference) => {
  expect(leastDifference(first, second)).toBeLessThanOrEqual(difference);
});

it('measures as CIE Lab does', () => {
  expect(leastDifference('#000000', '#FFFFFF')).toBeCloseTo(100, 0);
});

it('the dashboards have no other colours than these, and no palette of Grafana, which has red and green', () => {
  const colours = readDashboards().flatMap((dashboard) => valuesUnder(['color', 'fixedColor', 'iconColor'], dashboard));
  const modes = readDashboards().flatMap((dashboard) => valuesUnder(['mode'], dashboard));
  expect(colours.length).toBeGreaterThan(100);
  expect(colours.filter((colour) => !PALETTE.includes(String(colour)))).toEqual([]);
  expect(modes.filter((mode) => /palette|continuous/.test(String(mode)))).toEqual([]);
});

it('every panel says itself which colours it has, so that none gets green and red', () => {
  for (const { title, panels } of readDashboards()) {
    for (const { type, title: panel, fieldConfig } of panels) {
      if (type !== 'row') expect(fieldConfig?.defaults.thresholds?.steps, `${title}: ${panel}`).not.toEqual([]);
    }
  }
});

it('each state has a number, the worse the higher but for UNKNOWN below all, a word, and a colour of its own', () => {
  const states = PROCESS_STATES.map((state) => ({ state, ...STATE_WORDS[state] }));
  const isHigher = (a: ProcessState, b: ProcessState) => a !== 'UNKNOWN' && (b === 'UNKNOWN' || isWorse(a, b));
  for (const a of states) {
    expect(a.text).toBe(a.state);
    for (const b of states) expect(a.value > b.value, `${a.state} ${b.state}`).toBe(isHigher(a.state, b.state));
  }
  expect(new Set(states.map(({ colour }) => colour)).size).toBe(7);
});
