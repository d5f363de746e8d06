import type { Page } from 'playwright-core';

/** Where the bars of a state are on the strip of a process, as wide as they are seen, in pixels from its left edge. */
export function barsOf(
  page: Page,
  process: string,
  state: string,
): Promise<readonly (readonly [left: number, right: number])[]> {
  return page.evaluate(`(() => {
    const track = document.querySelector('.track[data-label="${process}"]');
    const { left } = track.getBoundingClientRect();
    const seen = (bar) => bar.getBoundingClientRect();
    return [...track.querySelectorAll('g.${state} > [data-from]')].map((bar) => {
      const thin = bar.nextElementSibling?.matches('line:not([data-from])') ? seen(bar.nextElementSibling) : undefined;
      const middle = thin && thin.left + thin.width / 2;
      return [Math.min(seen(bar).left, (middle ?? Infinity) - 1) - left, Math.max(seen(bar).right, (middle ?? -Infinity) + 1) - left];
    });
  })()`);
}

/** What the strips of a page span, and how wide they are in pixels. */
export function windowOf(page: Page): Promise<{ fromMs: number; toMs: number; width: number }> {
  return page.evaluate(`({
    fromMs: Number(document.querySelector('.strips').dataset.from),
    toMs: Number(document.querySelector('.strips').dataset.to),
    width: document.querySelector('.track[data-label]').getBoundingClientRect().width,
  })`);
}
