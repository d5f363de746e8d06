import type { ProcessState } from '../domain/process-state.ts';
import { lastDayHtml } from './day.ts';
import { admitsAll, admitsProcess, type PageFilter } from './filter.ts';
import { type Html, html, NO_HTML } from './html.ts';
import type { FailureInfo, NodeInfo } from './nodes-answer.ts';
import { helpHtml, nodeId, nodeStateHtml, runbookHtml, stateHtml, urlEncode } from './parts.ts';
import { processRowHtml } from './process-row.ts';
import { ageHtml, durationText, momentHtml } from './time.ts';
import { BLIND_NODE_REASONS, FAILURE_WORDS, NODE_REASON_WORDS, STATES_WORST_FIRST, worstState } from './words.ts';

/** Up to this many nodes are all unfolded at first. With more, only nodes with a listed problem are unfolded. */
export const MAX_UNFOLDED_NODES = 12;

/** With more nodes than this, folded nodes have no rows in the page. */
export const MAX_NODES_WITH_ROWS = 100;

/** How a node is to be shown. */
export interface SectionOptions {
  readonly filter: PageFilter;
  readonly isUnfolded: boolean;
  /** Whether the section has the processes; otherwise it links to them. */
  readonly hasRows: boolean;
  /** Whether the last 24 hours are in it. */
  readonly hasLastDay: boolean;
  readonly nowMs: number;
  /** The relative path from the page to `/`: `./` or `../`. */
  readonly root: string;
}

/** The state that stands for a node as a whole. */
export function nodeState({ healthy, reason, processes }: NodeInfo): ProcessState {
  if (BLIND_NODE_REASONS.has(reason)) return 'UNKNOWN';
  if (healthy) return 'UP';
  const worst = worstState(processes.map(({ state }) => state));
  return worst === 'UP' || worst === 'STANDBY' ? 'WARNING' : worst;
}

/** The section of a node with the processes that the filter admits. */
export function nodeSectionHtml(node: NodeInfo, options: SectionOptions): Html {
  const { isUnfolded, hasRows, hasLastDay, nowMs, root } = options;
  return html`<section id="${nodeId(node.name)}" class="node" data-version="${sectionVersion(node, options)}">
<details${isUnfolded ? OPEN : NO_HTML}>${nodeSummaryHtml(node, nowMs)}
${hasRows ? bodyHtml(node, options) : html`<p class="evidence"><a href="${root}?node=${urlEncode(node.name)}">its ${node.processes.length} processes</a></p>`}
</details>${hasLastDay && lastDayHtml(node, root)}</section>
`;
}

/** What a section holds: all of a version, no more than its summary, or only what a filter admitted. */
function sectionVersion({ version }: NodeInfo, { filter, hasRows }: SectionOptions): string {
  if (!hasRows) return foldedVersion(version);
  return admitsAll(filter) ? `${version}` : '';
}

/** What a section is marked with of which no more than the summary is of this version. */
export function foldedVersion(version: number): string {
  return `${version} folded`;
}

function bodyHtml(node: NodeInfo, { filter, nowMs, root }: SectionOptions): Html {
  const shown = node.processes.filter((process) => admitsProcess(filter, node, process));
  const rows = shown.map((process) => processRowHtml(node, process, nowMs));
  return html`${evidenceHtml(node, nowMs, root)}
${rows.length > 0 && tableHtml(node, rows)}
${failuresHtml(node, nowMs)}`;
}

/** The summary line of a node, which stays visible while the node is folded. */
export function nodeSummaryHtml(node: NodeInfo, nowMs: number): Html {
  const { name, healthy, reason, since, maintenance } = node;
  const why = reason !== null && html`<span class="why">${NODE_REASON_WORDS[reason]}</span>`;
  const lasts = !healthy && since !== null && html`<span class="since">for ${ageHtml(since, nowMs)}</span>`;
  return html`<summary><h3>${name}</h3> ${nodeStateHtml(nodeState(node), healthy)} ${why} ${lasts} ${maintenance !== null && html`<span class="maintenance">maintenance: ${maintenance.name}, until ${momentHtml(maintenance.until, nowMs)}</span>`}
<span class="counts">${countsHtml(node)}</span></summary>`;
}

const OPEN: Html = html` open`;

function countsHtml({ processes }: NodeInfo): readonly Html[] {
  return STATES_WORST_FIRST.flatMap((state) => {
    const count = processes.filter((process) => process.state === state).length;
    return count === 0 ? [] : [html`<span class="count">${count} ${stateHtml(state)}</span> `];
  });
}

function evidenceHtml(node: NodeInfo, nowMs: number, root: string): Html {
  const { health, name, address, cluster } = node;
  const target = urlEncode(name);
  return html`<p class="evidence">${address}${cluster !== '' && ` · cluster ${cluster}`} · ${healthHtml(node, nowMs)} · probed every ${durationText(node.intervalSeconds)}${
    health.standing !== 'good' &&
    health.lastSuccessAt !== null &&
    html` · last good answer ${ageHtml(health.lastSuccessAt, nowMs)} ago`
  }${node.rejectedRows > 0 && html` · <strong class="failed">${node.rejectedRows} rows without a name</strong>: ${health.detail} ${helpHtml(health.help, name)}`}
<span class="links"><a href="${root}nodes/${target}">history</a> <a href="${root}?node=${target}">only this node</a> <a href="#${urlEncode(nodeId(name))}">link</a> <a href="${root}health/status?node=${target}">JSON</a> <a href="${root}probe?target=${target}&amp;debug=true">probe now</a> ${runbookHtml(node.runbook, name)}</span></p>`;
}

function healthHtml({ name, health, address }: NodeInfo, nowMs: number): Html {
  const { standing, statusCode, failure, detail, finishedAt, durationSeconds, remoteAddress } = health;
  if (standing === 'off') return html`watched by connects alone`;
  if (standing === 'none') return html`no probe has finished yet`;
  const took = durationSeconds !== null && ` in ${durationText(durationSeconds)}`;
  const ago = html`${ageHtml(finishedAt, nowMs)} ago`;
  if (failure !== null)
    return html`<strong class="failed">health probe ${FAILURE_WORDS[failure]}</strong> ${ago}: ${detail} ${helpHtml(health.help, name)}`;
  // A name that moved shows which machine answered.
  const from = remoteAddress !== null && remoteAddress !== address && ` from ${remoteAddress}`;
  return html`health answered ${statusCode ?? ''}${from}${took}, ${ago}${standing === 'stale' && html` <strong class="failed">(too old)</strong>`}`;
}

function tableHtml({ name }: NodeInfo, rows: readonly Html[]): Html {
  return html`<div class="scroll"><table><caption class="hidden">Processes of ${name}</caption>
<thead><tr><th scope="col">State</th><th scope="col">Process</th><th scope="col">Why and message</th><th scope="col" class="num">For</th><th scope="col" class="num">Port</th><th scope="col">Connect</th><th scope="col">LMDB</th><th scope="col">Changes</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`;
}

function failuresHtml({ failures }: NodeInfo, nowMs: number): Html {
  if (failures.length === 0) return NO_HTML;
  const lines = failures.toReversed().map((failure) => failureHtml(failure, nowMs));
  return html`<details class="failures"><summary>Last failed probes (${failures.length})</summary><ol>${lines}</ol></details>`;
}

function failureHtml({ process, reason, detail, firstAt, lastAt, count }: FailureInfo, nowMs: number): Html {
  const times = count > 1 && html`, ${count} times in a row from ${ageHtml(firstAt, nowMs)} ago`;
  const what = process === null ? 'health probe' : `connect to ${process}`;
  return html`<li>${ageHtml(lastAt, nowMs)} ago: ${what} <strong class="failed">${FAILURE_WORDS[reason]}</strong>${times}${detail !== '' && html` <span class="why">${detail}</span>`}</li>`;
}
