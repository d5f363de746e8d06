import { nodeTitle } from '../node-document.ts';
import { nodeSectionHtml, nodeState } from '../node-section.ts';
import type { NodeInfo } from '../nodes-answer.ts';
import { nodeId, nodeStateHtml } from '../parts.ts';
import { problemsHtml, problemsOf } from '../problems.ts';
import { enableCopyButton } from './copy.ts';
import { elementById, toElement } from './elements.ts';
import { setContent, setProblems, setTab, startLive } from './live.ts';
import { createModel } from './model.ts';
import { morph } from './morph.ts';
import { keepTooltips, showReaderTimes, windowOf } from './reader-times.ts';
import { makeStripsNavigable, startReadout } from './readout.ts';

const ROOT = '../';
const NO_FILTER = { text: '', state: '', node: '', order: '' } as const;
const MIN_REFRESH_MS = 5000;
const MAX_REFRESH_MS = 60_000;
const TIMEOUT_MS = 30_000;

/** Keeps the page of one node up to date: its state with each answer, its history when that has changed or moved by a pixel. */
function start(): void {
  const model = createModel();
  const name = elementById('history').dataset['node'];
  let shownFingerprint = '';
  let refreshedMs = performance.now();
  let isRefreshing = false;

  function show(): void {
    const [node] = model.nodes();
    if (node === undefined) return;
    const nowMs = model.nowMs();
    setTab(nodeState(node), nodeTitle(node));
    setContent('node-state', nodeStateHtml(nodeState(node), node.healthy));
    setProblems(problemsHtml(problemsOf([node]), { nowMs, root: ROOT }));
    const section = elementById(nodeId(node.name));
    if (section.dataset['version'] !== `${node.version}`) {
      const options = { filter: NO_FILTER, isUnfolded: true, hasRows: true, hasLastDay: false, nowMs, root: ROOT };
      morph(section, toElement(nodeSectionHtml(node, options)));
    }
    const fingerprint = fingerprintOf(node);
    const isChanged = shownFingerprint !== '' && shownFingerprint !== fingerprint;
    shownFingerprint = fingerprint;
    if (isChanged || performance.now() - refreshedMs > refreshAfterMs()) void refresh();
  }

  /** Takes the history over from the page as the server makes it now. */
  async function refresh(): Promise<void> {
    if (isRefreshing || document.hidden) return;
    isRefreshing = true;
    refreshedMs = performance.now();
    try {
      const response = await fetch(location.pathname + location.search, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.ok) replaceHistory(new DOMParser().parseFromString(await response.text(), 'text/html'));
    } catch {
      // The next request shows what is wrong.
    } finally {
      isRefreshing = false;
    }
  }

  prepareHistory(document);
  startReadout();
  enableCopyButton();
  keepTooltips(model.nowMs);
  startLive(model, { node: name, onAnswer: show, onRestart: () => void refresh() });
}

/** A text that changes whenever the history changes. */
function fingerprintOf({ reason, processes }: NodeInfo): string {
  return JSON.stringify([reason, processes.map((process) => [process.name, process.state, process.reason])]);
}

/** How long a strip of a thousand pixels stays right to within one. */
function refreshAfterMs(): number {
  const { fromMs, toMs } = windowOf(document) ?? { fromMs: 0, toMs: 0 };
  return Math.min(MAX_REFRESH_MS, Math.max(MIN_REFRESH_MS, (toMs - fromMs) / 1000));
}

function prepareHistory(root: ParentNode): void {
  makeStripsNavigable(root);
  showReaderTimes(root);
}

function replaceHistory(wanted: Document): void {
  prepareHistory(wanted);
  for (const id of ['history', 'incidents', 'events', 'lmdb', 'durations']) {
    const section = wanted.getElementById(id);
    if (section === null) continue;
    const readout = section.querySelector('#readout');
    if (readout !== null) readout.textContent = elementById('readout').textContent;
    morph(elementById(id), section);
  }
}

start();
