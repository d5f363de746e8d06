import { type FaviconState, faviconHref } from '../favicon.ts';
import { LOOP_STUCK } from '../frame.ts';
import { type Html, html, NO_HTML } from '../html.ts';
import type { NodesAnswer } from '../nodes-answer.ts';
import { ageHtml, ageText } from '../time.ts';
import { elementById, withContent } from './elements.ts';
import type { Model } from './model.ts';
import { morph } from './morph.ts';
import { startPolling } from './polling.ts';
import { READER_ZONE } from './reader-times.ts';

/** What a page does with answers besides saying whether it is live. */
export interface LiveHandlers {
  /** The node to ask for; undefined for all. */
  readonly node: string | undefined;
  readonly onAnswer: (answer: NodesAnswer) => void;
  /** The exporter has restarted, so older versions are no longer valid. */
  readonly onRestart: () => void;
}

/** Keeps a page live: polls, advances ages, and shows when there is no answer. */
export function startLive(model: Model, { node, onAnswer, onRestart }: LiveHandlers): void {
  let isLost = false;

  function showAnswer(answer: NodesAnswer): void {
    // Another version may speak to another script.
    if (answer.exporter.version !== document.body.dataset['version']) {
      location.reload();
      return;
    }
    if (model.update(answer)) onRestart();
    isLost = false;
    document.body.classList.remove('lost');
    setContent('alarm', answer.exporter.healthy ? NO_HTML : LOOP_STUCK);
    setContent(
      'live',
      html`<span class="live">Live</span> as of ${localTime(model.nowMs())} <span class="tags">${READER_ZONE}</span>`,
    );
    setContent('uptime', ageHtml(answer.exporter.startedAt, model.nowMs()));
    onAnswer(answer);
  }

  function showLost(failure: string): void {
    if (isLost) return;
    isLost = true;
    document.body.classList.add('lost');
    setTab('LOST', 'no answer – Genesis');
    const asOf = model.cursor() === undefined ? html`of before` : html`of ${localTime(model.nowMs())}`;
    setContent('alarm', html`<p><strong>The exporter ${failure}.</strong> What is shown is ${asOf}, not of now.</p>`);
    setContent('live', html`<span class="dead">Not live</span>`);
  }

  startAgeUpdates(() => (isLost || model.cursor() === undefined ? undefined : model.nowMs()));
  startPolling({ node, cursor: model.cursor, onAnswer: showAnswer, onFailure: showLost });
}

/** Makes the content of an element this. */
export function setContent(id: string, content: Html): void {
  const element = elementById(id);
  morph(element, withContent(element, content));
}

/** Moves the focus from a problem that is gone to the heading, so that it does not jump to the top of the page. */
export function setProblems(content: Html): void {
  const hadFocus = elementById('problems').contains(document.activeElement);
  setContent('problems', content);
  if (hadFocus && document.activeElement === document.body) {
    elementById('problems-heading').focus({ preventScroll: true });
  }
}

/** Makes the browser's tab say this. */
export function setTab(state: FaviconState, title: string): void {
  if (document.title !== title) document.title = title;
  const icon = elementById('favicon');
  const href = faviconHref(state);
  if (icon.getAttribute('href') !== href) icon.setAttribute('href', href);
}

function localTime(wallMs: number): string {
  return new Date(wallMs).toLocaleTimeString();
}

const SHOWN_TIMES = '#problems time, footer time, .node:not([hidden]) > details[open] time';

/** Counts the ages on the page on, every second, by the clock given; while that is undefined they stand still. */
function startAgeUpdates(nowMs: () => number | undefined): void {
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
