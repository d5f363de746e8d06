import { matchesHtml } from '../document.ts';
import { admitsNode, readFilter } from '../filter.ts';
import { overallState, overviewHtml } from '../overview.ts';
import { problemsHtml, problemsOf } from '../problems.ts';
import { elementById } from './elements.ts';
import { createFilterForm } from './filter-form.ts';
import { createLatestEvents } from './latest-events.ts';
import { followLinks, idOf } from './links.ts';
import { setContent, setProblems, setTab, startLive } from './live.ts';
import { createModel } from './model.ts';
import { createNodeList } from './node-list.ts';
import { keepTooltips } from './reader-times.ts';

/** Keeps the page of all nodes, which the server has made, up to date. */
function start(): void {
  const model = createModel();
  const list = createNodeList(elementById('node-list'));
  const form = createFilterForm(() => void showNodes(true));
  const events = createLatestEvents();
  let isFirst = true;

  function showNodes(unfolds: boolean): Promise<void> {
    const nodes = model.nodes();
    const filter = form.current();
    const admitted = nodes.filter((node) => admitsNode(filter, node)).length;
    if (model.cursor() !== undefined) setContent('matches', matchesHtml(filter, admitted, nodes.length));
    return list.show({ nodes, filter, unfolds, nowMs: model.nowMs() });
  }

  function showAll(names: readonly string[]): void {
    const nodes = model.nodes();
    const { state, title } = overallState(nodes);
    setTab(state, title);
    setContent('overview', overviewHtml(nodes));
    setProblems(problemsHtml(problemsOf(nodes), { nowMs: model.nowMs(), root: './' }));
    form.setNodeOptions(names);
    events.follow(nodes, model.nowMs());
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

  followLinks({
    reveal: list.reveal,
    showFiltered(query) {
      form.set(readFilter(query));
      return showNodes(true);
    },
  });
  keepTooltips(model.nowMs);
  startLive(model, { node: undefined, onAnswer: ({ names }) => showAll(names), onRestart: list.invalidate });
}

start();
