import { ageText } from '../time.ts';

const SHOWN_TIMES = '#problems time, footer time, .node:not([hidden]) > details[open] time';

/** Counts the ages on the page on, every second, by the clock given; while that is undefined they stand still. */
export function startCounting(nowMs: () => number | undefined): void {
  setInterval(() => {
    const now = nowMs();
    if (now === undefined || document.hidden) return;
    for (const time of document.querySelectorAll<HTMLTimeElement>(SHOWN_TIMES)) {
      const text = ageText(now - Date.parse(time.dateTime));
      const [shown] = time.childNodes;
      if (shown !== undefined && shown.nodeValue !== text) shown.nodeValue = text;
    }
  }, 1000);
}
