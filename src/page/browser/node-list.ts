import { admitsNode, admitsProcess, isOpen, type PageFilter } from '../filter.ts';
import { foldedVersion, MAX_UNFOLDED_NODES, nodeSectionHtml, nodeSummaryHtml } from '../node-section.ts';
import type { NodeInfo } from '../nodes-answer.ts';
import { nodeId } from '../parts.ts';
import { toElement } from './elements.ts';
import { morph } from './morph.ts';

const NO_FILTER: PageFilter = { text: '', state: '', node: '' };

/** After so long the reader gets a turn. */
const SLICE_MS = 12;

/** What the list is to show. */
export interface NodesShown {
  readonly nodes: readonly NodeInfo[];
  readonly filter: PageFilter;
  /** Unfolds the nodes that the filter leaves if they are few. */
  readonly unfolds: boolean;
  readonly nowMs: number;
}

/** The sections of the nodes. */
export interface NodeList {
  /** Brings the list to this, in slices; a later call takes over from an earlier one. */
  show(shown: NodesShown): Promise<void>;
  /** Forgets what the sections hold: versions are those of one exporter. */
  outdate(): void;
  /** Unfolds the node that has, or will have, the element of this id. */
  reveal(id: string): void;
}

/** Takes over the sections that stand in `list`. */
export function createNodeList(list: HTMLElement): NodeList {
  let latest: NodesShown | undefined;

  async function show(shown: NodesShown): Promise<void> {
    latest = shown;
    const ids = new Set(shown.nodes.map(({ name }) => nodeId(name)));
    for (const section of [...list.children]) if (!ids.has(section.id)) section.remove();
    const admitted = new Set(shown.nodes.filter((node) => admitsNode(shown.filter, node)));
    const isFew = admitted.size <= MAX_UNFOLDED_NODES;
    let sliceStartMs = performance.now();
    let next = list.firstElementChild;
    for (const node of shown.nodes) {
      if (performance.now() - sliceStartMs > SLICE_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        if (latest !== shown) return;
        sliceStartMs = performance.now();
      }
      let section = document.getElementById(nodeId(node.name));
      if (section === null) {
        if (!admitted.has(node)) continue;
        section = create(node, isFew, shown.nowMs);
        list.insertBefore(section, next);
      } else if (section === next) {
        next = section.nextElementSibling;
      } else {
        list.insertBefore(section, next);
      }
      section.hidden = !admitted.has(node);
      if (section.hidden) continue;
      refresh(section, node, shown);
      if (shown.unfolds && isFew) section.querySelector('details')?.setAttribute('open', '');
    }
  }

  function outdate(): void {
    for (const section of list.querySelectorAll<HTMLElement>('.node')) section.dataset['version'] = '';
  }

  function bringUpToDate(section: HTMLElement | null): void {
    const node = latest?.nodes.find(({ name }) => nodeId(name) === section?.id);
    if (section !== null && node !== undefined && latest !== undefined) refresh(section, node, latest);
  }

  function reveal(id: string): void {
    const section = document.getElementById(id.replace(/^process:([^/]*).*/s, 'node:$1'));
    section?.querySelector('details')?.setAttribute('open', '');
    bringUpToDate(section);
  }

  // A folded section is brought up to date when it is unfolded; such an event does not bubble.
  list.addEventListener(
    'toggle',
    ({ target }) => bringUpToDate(target instanceof HTMLElement ? target.closest<HTMLElement>('.node') : null),
    { capture: true },
  );

  return { show, outdate, reveal };
}

function create(node: NodeInfo, isUnfolded: boolean, nowMs: number): HTMLElement {
  const look = { filter: NO_FILTER, isUnfolded, hasRows: isUnfolded, nowMs, root: './' };
  const section = toElement(nodeSectionHtml(node, look));
  if (!(section instanceof HTMLElement)) throw new Error('a section is an element of HTML');
  return section;
}

/** Brings one section up to date, of a folded one its summary alone, and hides the rows that the filter does not admit. */
function refresh(section: HTMLElement, node: NodeInfo, { filter, nowMs }: NodesShown): void {
  const details = section.querySelector('details');
  if (details?.open === true) {
    if (section.dataset['version'] !== `${node.version}`) morph(section, create(node, true, nowMs));
    hideRows(section, node, filter);
  } else if (section.dataset['version'] !== `${node.version}`) {
    refreshSummary(section, node, nowMs);
  }
}

function refreshSummary(section: HTMLElement, node: NodeInfo, nowMs: number): void {
  const version = foldedVersion(node.version);
  if (section.dataset['version'] === version) return;
  section.dataset['version'] = version;
  const summary = section.querySelector('summary');
  if (summary !== null) morph(summary, toElement(nodeSummaryHtml(node, nowMs)));
}

function hideRows(section: HTMLElement, node: NodeInfo, filter: PageFilter): void {
  const rows = section.querySelectorAll<HTMLElement>('tbody tr');
  for (const [index, process] of node.processes.entries()) {
    const row = rows[index];
    const isHidden = !isOpen(filter) && !admitsProcess(filter, node, process);
    if (row !== undefined && row.hidden !== isHidden) row.hidden = isHidden;
  }
}
