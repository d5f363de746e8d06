import { clusterHeadingHtml, clusterId, groupByCluster } from '../arrange.ts';
import { lastDayHtml, lastDayKey } from '../day.ts';
import { admitsAll, admitsNode, admitsProcess, type PageFilter } from '../filter.ts';
import { foldedVersion, MAX_UNFOLDED_NODES, nodeSectionHtml, nodeSummaryHtml } from '../node-section.ts';
import type { NodeInfo } from '../nodes-answer.ts';
import { nodeId } from '../parts.ts';
import { toElement } from './elements.ts';
import { morph } from './morph.ts';
import { createVisibility } from './visibility.ts';

const ROOT = './';
const NO_FILTER: PageFilter = { text: '', state: '', node: '', order: '' };

/** After so long the reader gets a turn. */
const SLICE_MS = 12;

/** What the list is to show. */
export interface NodeListContent {
  readonly nodes: readonly NodeInfo[];
  readonly filter: PageFilter;
  /** Unfolds the nodes that the filter leaves if they are few. */
  readonly unfolds: boolean;
  readonly nowMs: number;
}

/** The sections of the nodes. */
export interface NodeList {
  /** Brings the list to this, in slices; a later call takes over from an earlier one. */
  show(shown: NodeListContent): Promise<void>;
  /** Forgets what the sections hold: versions are those of one exporter. */
  invalidate(): void;
  /** Unfolds the node that has, or will have, the element of this id. */
  reveal(id: string): void;
}

/** Takes over the sections that stand in `list`. */
export function createNodeList(list: HTMLElement): NodeList {
  let latest: NodeListContent | undefined;
  const refresher = createRefresher();
  // A strip is made when it is first seen, and kept up to date while it is.
  const visibility = createVisibility(refreshSection);
  for (const section of list.querySelectorAll('.node')) visibility.watch(section);

  async function show(shown: NodeListContent): Promise<void> {
    latest = shown;
    const groups = groupByCluster(shown.nodes, shown.filter.order);
    const hasHeadings = groups.length > 1;
    const ids = new Set(shown.nodes.map(({ name }) => nodeId(name)));
    if (hasHeadings) for (const { cluster } of groups) ids.add(clusterId(cluster));
    for (const child of [...list.children]) if (!ids.has(child.id)) child.remove();
    const admitted = new Set(shown.nodes.filter((node) => admitsNode(shown.filter, node)));
    const isFew = admitted.size <= MAX_UNFOLDED_NODES;
    let sliceStartMs = performance.now();
    let next = list.firstElementChild;

    /** Puts an element where it belongs, which is mostly where it is. */
    function moveIntoPlace(element: Element): void {
      if (element === next) next = element.nextElementSibling;
      else list.insertBefore(element, next);
    }

    for (const group of groups) {
      if (hasHeadings)
        moveIntoPlace(
          updatedHeading(
            group,
            group.nodes.some((node) => admitted.has(node)),
          ),
        );
      for (const node of group.nodes) {
        if (performance.now() - sliceStartMs > SLICE_MS) {
          await new Promise((resolve) => setTimeout(resolve));
          if (latest !== shown) return;
          sliceStartMs = performance.now();
        }
        let section = document.getElementById(nodeId(node.name));
        if (section === null) {
          if (!admitted.has(node)) continue;
          section = createSection(node, isFew, shown.nowMs);
          visibility.watch(section);
        }
        moveIntoPlace(section);
        section.hidden = !admitted.has(node);
        if (section.hidden) continue;
        refresher.refresh(section, node, shown);
        if (visibility.isVisible(section)) refreshDay(section, node);
        if (shown.unfolds && isFew) section.querySelector('details')?.setAttribute('open', '');
      }
    }
  }

  function invalidate(): void {
    for (const section of list.querySelectorAll<HTMLElement>('.node')) section.dataset['version'] = '';
  }

  function refreshSection(section: HTMLElement | null): void {
    const node = latest?.nodes.find(({ name }) => nodeId(name) === section?.id);
    if (section === null || node === undefined || latest === undefined) return;
    refresher.refresh(section, node, latest);
    refreshDay(section, node);
  }

  function reveal(id: string): void {
    const section = document.getElementById(id.replace(/^process:([^/]*).*/s, 'node:$1'));
    section?.querySelector('details')?.setAttribute('open', '');
    refreshSection(section);
  }

  // A folded section is brought up to date when it is unfolded; such an event does not bubble.
  list.addEventListener(
    'toggle',
    ({ target }) => refreshSection(target instanceof HTMLElement ? target.closest<HTMLElement>('.node') : null),
    { capture: true },
  );

  return { show, invalidate, reveal };
}

/** The line above a cluster as it is now. */
function updatedHeading(group: Parameters<typeof clusterHeadingHtml>[0], isShown: boolean): HTMLElement {
  const wanted = toHtmlElement(toElement(clusterHeadingHtml(group)));
  const known = document.getElementById(wanted.id);
  if (known !== null) morph(known, wanted);
  const heading = known ?? wanted;
  heading.hidden = !isShown;
  return heading;
}

function createSection(node: NodeInfo, isUnfolded: boolean, nowMs: number): HTMLElement {
  const options = { filter: NO_FILTER, isUnfolded, hasRows: isUnfolded, hasLastDay: false, nowMs, root: ROOT };
  return toHtmlElement(toElement(nodeSectionHtml(node, options)));
}

function toHtmlElement(element: Element): HTMLElement {
  if (!(element instanceof HTMLElement)) throw new Error('a section is an element of HTML');
  return element;
}

/** Brings sections up to date. */
function createRefresher() {
  /** The summaries as they were made last: most stay the same when something of a node changes. */
  const summaries = new WeakMap<Element, string>();

  /** Of a folded section its summary alone; of others all, and hides the rows that the filter does not admit. */
  function refresh(section: HTMLElement, node: NodeInfo, { filter, nowMs }: NodeListContent): void {
    const details = section.querySelector('details');
    if (details?.open === true) {
      if (section.dataset['version'] !== `${node.version}`)
        refreshBody(section, details, createSection(node, true, nowMs));
      summaries.delete(section);
      hideRows(section, node, filter);
    } else if (section.dataset['version'] !== `${node.version}`) {
      refreshSummary(section, node, nowMs);
    }
  }

  function refreshSummary(section: HTMLElement, node: NodeInfo, nowMs: number): void {
    const version = foldedVersion(node.version);
    if (section.dataset['version'] === version) return;
    section.dataset['version'] = version;
    const wanted = nodeSummaryHtml(node, nowMs);
    if (summaries.get(section) === wanted.html) return;
    summaries.set(section, wanted.html);
    const summary = section.querySelector('summary');
    if (summary !== null) morph(summary, toElement(wanted));
  }

  return { refresh };
}

function refreshBody(section: HTMLElement, details: Element, wanted: HTMLElement): void {
  section.dataset['version'] = wanted.dataset['version'] ?? '';
  const body = wanted.querySelector('details');
  if (body !== null) morph(details, body);
}

/** Brings the strip of a section up to date when it would look different. */
function refreshDay(section: HTMLElement, node: NodeInfo): void {
  if (node.lastDay === null) return;
  const day = section.querySelector<HTMLElement>('.day');
  if (day === null) section.append(toElement(lastDayHtml(node, ROOT)));
  else if (day.dataset['key'] !== lastDayKey(node.lastDay)) morph(day, toElement(lastDayHtml(node, ROOT)));
}

function hideRows(section: HTMLElement, node: NodeInfo, filter: PageFilter): void {
  const rows = section.querySelectorAll<HTMLElement>('tbody tr');
  for (const [index, process] of node.processes.entries()) {
    const row = rows[index];
    const isHidden = !admitsAll(filter) && !admitsProcess(filter, node, process);
    if (row !== undefined && row.hidden !== isHidden) row.hidden = isHidden;
  }
}
