import { expect, it } from 'vitest';
import { createLineBudget } from '../../src/scrape/line-budget.ts';

/** A budget of two lines in 100 ms on a clock of the test's. */
function aBudget() {
  const clock = { nowMs: 0 };
  const budget = createLineBudget(
    { maxLines: 2, windowMs: 100 },
    { clock: { monotonicMs: () => clock.nowMs, wallMs: () => 0 } },
  );
  return { ...budget, clock };
}

it('lets so many lines through in a window and no more', () => {
  const { spend, clock } = aBudget();
  expect([spend(), spend(), spend()]).toEqual([true, true, false]);
  clock.nowMs = 99;
  expect(spend()).toBe(false);
  clock.nowMs = 100;
  expect([spend(), spend(), spend()]).toEqual([true, true, false]);
});

it('begins a window with its first line, not with the clock', () => {
  const { spend, clock } = aBudget();
  clock.nowMs = 1_000_050;
  expect([spend(), spend()]).toEqual([true, true]);
  clock.nowMs = 1_000_149;
  expect(spend()).toBe(false);
});

it('tells once how many were refused, when their window has ended', () => {
  const { spend, settle, clock } = aBudget();
  for (let line = 0; line < 5; line += 1) spend();
  expect(settle()).toBe(0);
  clock.nowMs = 100;
  expect([settle(), settle()]).toEqual([3, 0]);
});

it('has nothing to tell when nothing was refused', () => {
  const { spend, settle, clock } = aBudget();
  spend();
  clock.nowMs = 1000;
  expect(settle()).toBe(0);
});
