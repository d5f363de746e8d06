import { LOOP_STUCK, matchesHtml } from '../document.ts';
import { type FaviconState, faviconHref } from '../favicon.ts';
import { admitsNode, readFilter } from '../filter.ts';
import { type Html, html, NO_HTML } from '../html.ts';
import type { NodesAnswer } from '../nodes-answer.ts';
import { overallOf, overviewHtml } from '../overview.ts';
import { problemsHtml, problemsOf } from '../problems.ts';
import { ageHtml } from '../time.ts';
import { startCounting } from './counting.ts';
import { elementById, withContent } from './elements.ts';
import { createFilterForm } from './filter-form.ts';
import { followLinks, idOf } from './links.ts';
import { createModel } from './model.ts';
import { morph } from './morph.ts';
import { createNodeList } from './node-list.ts';
import { startPolling } from './polling.ts';

/** Keeps the page that the server has made up to date. */
function start(): void {
  const model = createModel();
  const list = createNodeList(elementById('node-list'));
  const form = createFilterForm(() => void showNodes(true));
  let isLost = false;
  let isFirst = true;

  function showNodes(unfolds: boolean): Promise<void> {
    const nodes = model.nodes();
    const filter = form.current();
    const admitted = nodes.filter((node) => admitsNode(filter, node)).length;
    if (model.cursor() !== undefined) setContent('matches', matchesHtml(filter, admitted, nodes.length));
    return list.show({ nodes, filter, unfolds, nowMs: model.nowMs() });
  }

  function showAll(answer: NodesAnswer): void {
    const nodes = model.nodes();
    const { state, title } = overallOf(nodes);
    setTab(state, title);
    setContent('overview', overviewHtml(nodes));
    setProblems(problemsHtml(problemsOf(nodes), model.nowMs()));
    setContent('uptime', ageHtml(answer.exporter.startedAt, model.nowMs()));
    form.offer(answer.names);
    const shown = showNodes(false);
    if (isFirst) void shown.then(goToHash);
    isFirst = false;
  }

  /** The process that the address names may be one whose node came folded. */
  function goToHash(): void {
    const id = idOf(location.hash);
    if (id === '' || document.getElementById(id) !== null) return;
    list.reveal(id);
    document.getElementById(id)?.scrollIntoView();
  }

  function onAnswer(answer: NodesAnswer): void {
    // Another version may speak to another script.
    if (answer.exporter.version !== document.body.dataset['version']) {
      location.reload();
      return;
    }
    if (model.update(answer)) list.outdate();
    isLost = false;
    document.body.classList.remove('lost');
    setContent('alarm', answer.exporter.healthy ? NO_HTML : LOOP_STUCK);
    setContent('live', html`<span class="live">Live</span> as of ${localTime(model.nowMs())}`);
    showAll(answer);
  }

  function onLost(why: string): void {
    if (isLost) return;
    isLost = true;
    document.body.classList.add('lost');
    setTab('LOST', 'no answer – Genesis');
    const asOf = model.cursor() === undefined ? html`of before` : html`of ${localTime(model.nowMs())}`;
    setContent('alarm', html`<p><strong>The exporter ${why}.</strong> What is shown is ${asOf}, not of now.</p>`);
    setContent('live', html`<span class="dead">Not live</span>`);
  }

  followLinks({
    reveal: list.reveal,
    showFiltered(query) {
      form.set(readFilter(query));
      return showNodes(true);
    },
  });
  startCounting(() => (isLost || model.cursor() === undefined ? undefined : model.nowMs()));
  startPolling({ cursor: model.cursor, onAnswer, onLost });
}

function setContent(id: string, content: Html): void {
  const element = elementById(id);
  morph(element, withContent(element, content));
}

/** Whoever was at a problem that is gone finds himself at the heading, not at the top of the page. */
function setProblems(content: Html): void {
  const hadFocus = elementById('problems').contains(document.activeElement);
  setContent('problems', content);
  if (hadFocus && document.activeElement === document.body) {
    elementById('problems-heading').focus({ preventScroll: true });
  }
}

function setTab(state: FaviconState, title: string): void {
  if (document.title !== title) document.title = title;
  const icon = elementById('favicon');
  const href = faviconHref(state);
  if (icon.getAttribute('href') !== href) icon.setAttribute('href', href);
}

function localTime(wallMs: number): string {
  return new Date(wallMs).toLocaleTimeString();
}

start();
