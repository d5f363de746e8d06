import { clockText } from '../../domain/zone-time.ts';
import { STATES_BEST_FIRST } from '../strip-shapes.ts';
import { stateWords } from '../strip-text.ts';
import { lengthText } from '../time.ts';
import { elementById } from './elements.ts';
import { READER_CLOCK, windowOf } from './reader-times.ts';

/** So far from a bar, in pixels, a pointer still means it. */
const NEAR_PX = 3;

/** One bar of a strip, as the readout shows it. */
interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly words: string;
}

/** Makes the strips below `root` ones that can be read by arrow keys; only the first can be reached by the Tab key. */
export function makeStripsNavigable(root: ParentNode): void {
  const tracks = [...root.querySelectorAll<HTMLElement>('.strips .track[data-label]')];
  for (const [index, track] of tracks.entries()) {
    const last = barsOf(track).at(-1);
    track.tabIndex = index === 0 ? 0 : -1;
    track.role = 'slider';
    track.ariaLabel = `States of ${track.dataset['label']} over time`;
    selectBar(track, barsOf(track).length - 1, last);
    // The readout shows the same as the tooltips would.
    for (const title of track.querySelectorAll('g title')) title.remove();
  }
}

/** Tells in `#readout` what is under the pointer, or where the arrow keys have gone. */
export function startReadout(): void {
  const cursor = document.createElement('div');
  cursor.className = 'cursor';
  cursor.hidden = true;
  // Beside the strips, which are taken over from the server as they are.
  document.body.append(cursor);

  document.addEventListener('pointermove', ({ target, clientX }) => {
    const track = trackOf(target);
    if (track === undefined) {
      cursor.hidden = true;
      return;
    }
    const bar = barAt(track, clientX);
    if (bar !== undefined) showReadout(track, bar, timeAt(track, clientX));
  });

  document.addEventListener('focusin', ({ target }) => {
    const track = trackOf(target);
    if (track !== undefined && track === target) goToBar(track, Number(track.ariaValueNow));
  });

  document.addEventListener('keydown', (event) => {
    const track = trackOf(event.target);
    if (track === undefined || track !== event.target || event.ctrlKey || event.altKey || event.metaKey) return;
    const last = barsOf(track).length - 1;
    const now = Number(track.ariaValueNow);
    const barIndexes: Readonly<Record<string, number>> = {
      ArrowLeft: now - 1,
      ArrowRight: now + 1,
      Home: 0,
      End: last,
    };
    const barIndex = barIndexes[event.key];
    if (barIndex !== undefined) goToBar(track, Math.min(last, Math.max(0, barIndex)));
    else if (event.key === 'ArrowUp') focusNeighbourStrip(track, -1);
    else if (event.key === 'ArrowDown') focusNeighbourStrip(track, 1);
    else return;
    event.preventDefault();
  });

  function goToBar(track: HTMLElement, barIndex: number): void {
    const bar = barsOf(track)[barIndex];
    if (bar === undefined) return;
    selectBar(track, barIndex, bar);
    showReadout(track, bar, (bar.fromMs + bar.toMs) / 2);
  }

  function showReadout(track: HTMLElement, bar: Bar, atMs: number): void {
    elementById('readout').textContent = `${track.dataset['label']} ${barText(bar)}`;
    const list = track.closest<HTMLElement>('.strips');
    const window = windowOf(document);
    if (list === null || window === undefined) return;
    const ratio = (atMs - window.fromMs) / (window.toMs - window.fromMs);
    const { left, width } = track.getBoundingClientRect();
    const { top, height } = list.getBoundingClientRect();
    cursor.style.left = `${left + scrollX + ratio * width}px`;
    cursor.style.top = `${top + scrollY}px`;
    cursor.style.height = `${height}px`;
    cursor.hidden = false;
  }
}

function focusNeighbourStrip(track: HTMLElement, step: number): void {
  const tracks = [...document.querySelectorAll<HTMLElement>('.strips .track[data-label]')];
  const next = tracks[tracks.indexOf(track) + step];
  if (next === undefined) return;
  track.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function selectBar(track: HTMLElement, barIndex: number, bar: Bar | undefined): void {
  track.ariaValueMin = '0';
  track.ariaValueMax = `${Math.max(0, barsOf(track).length - 1)}`;
  track.ariaValueNow = `${Math.max(0, barIndex)}`;
  track.ariaValueText = bar === undefined ? '' : barText(bar);
}

function barText({ fromMs, toMs, words }: Bar): string {
  const times = `${clockText(fromMs, READER_CLOCK)} to ${clockText(toMs, READER_CLOCK)}`;
  return `${words} for ${lengthText(toMs - fromMs)}, ${times}`;
}

function trackOf(target: EventTarget | null): HTMLElement | undefined {
  const track = target instanceof Element ? target.closest<HTMLElement>('.strips .track[data-label]') : null;
  return track ?? undefined;
}

/** The bars of a strip in order of time. */
function barsOf(track: HTMLElement): readonly Bar[] {
  const bars = [...track.querySelectorAll<SVGElement>('[data-from]')].map((element): Bar => {
    const state = STATES_BEST_FIRST.find((one) => element.parentElement?.classList.contains(one));
    const words = state === undefined ? '' : stateWords(state);
    return { fromMs: Number(element.dataset['from']), toMs: Number(element.dataset['to']), words };
  });
  return bars.sort((a, b) => a.fromMs - b.fromMs);
}

function timeAt(track: HTMLElement, clientX: number): number {
  const { left, width } = track.getBoundingClientRect();
  const { fromMs, toMs } = windowOf(document) ?? { fromMs: 0, toMs: 0 };
  return fromMs + ((clientX - left) / width) * (toMs - fromMs);
}

/** The bar under the pointer; of several near by the shortest, which is hardest to hit. */
function barAt(track: HTMLElement, clientX: number): Bar | undefined {
  const earliestMs = timeAt(track, clientX - NEAR_PX);
  const latestMs = timeAt(track, clientX + NEAR_PX);
  const near = barsOf(track).filter(({ fromMs, toMs }) => fromMs <= latestMs && toMs >= earliestMs);
  return near.toSorted((a, b) => a.toMs - a.fromMs - (b.toMs - b.fromMs))[0];
}
