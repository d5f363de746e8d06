import { clockOfZone, clockText } from '../../domain/zone-time.ts';
import { agoText } from '../time.ts';
import { axisHtml, axisLabelsHtml } from '../time-axis.ts';
import { toElement } from './elements.ts';

/** The reader's time zone, such as `Europe/London`. */
export const READER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The reader's clock. */
export const READER_CLOCK = clockOfZone(READER_ZONE);

/** Shows the times below `root` by the reader's clock, those of axes too. */
export function showReaderTimes(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>('time.moment')) {
    time.textContent = clockText(Date.parse(time.dateTime), READER_CLOCK);
  }
  for (const zone of root.querySelectorAll('.zone')) zone.textContent = READER_ZONE;
  const window = windowOf(root);
  if (window === undefined) return;
  for (const axis of root.querySelectorAll('svg.axis')) {
    const hasLines = axis.querySelector('g') !== null;
    axis.replaceWith(toElement(hasLines ? axisHtml(window, READER_CLOCK) : axisLabelsHtml(window, READER_CLOCK)));
  }
}

/** The window of the strips on a page; undefined where there are none. */
export function windowOf(root: ParentNode): { readonly fromMs: number; readonly toMs: number } | undefined {
  const strips = root.querySelector<HTMLElement>('.strips');
  if (strips === null) return undefined;
  return { fromMs: Number(strips.dataset['from']), toMs: Number(strips.dataset['to']) };
}

/** Keeps tooltips true: the moment of a relative time in the reader's zone and in UTC, how long ago a moment was. */
export function keepTooltips(nowMs: () => number): void {
  document.addEventListener('pointerover', ({ target }) => {
    const time = target instanceof Element ? target.closest('time') : null;
    if (time === null) return;
    const atMs = Date.parse(time.dateTime);
    const moment = `${clockText(atMs, READER_CLOCK)} ${READER_ZONE} (${time.dateTime})`;
    time.title = time.classList.contains('moment') ? `${agoText(nowMs() - atMs)}, ${time.dateTime}` : moment;
  });
}
