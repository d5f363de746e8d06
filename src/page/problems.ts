import type { ProcessState } from '../domain/process-state.ts';
import { type Html, html } from './html.ts';
import { nodeState } from './node-section.ts';
import type { NodeInfo } from './nodes-answer.ts';
import { encode, nodeId, processId, runbookHtml, stateHtml } from './parts.ts';
import { ageHtml } from './time.ts';
import { BLIND_NODE_REASONS, NODE_REASON_WORDS, PROCESS_REASON_WORDS, STATES_WORST_FIRST } from './words.ts';

/** Of the problems at most so many are listed. */
export const MAX_LISTED_PROBLEMS = 50;

const MAX_MESSAGE_LENGTH = 200;

/** One thing that is wrong. */
export interface Problem {
  /** Where it is on the page. */
  readonly id: string;
  readonly node: string;
  /** Undefined when it is the node as a whole. */
  readonly process: string | undefined;
  readonly state: ProcessState;
  readonly status: string;
  readonly why: string;
  readonly since: string | null;
  readonly runbook: string | null;
}

/** What is wrong on some nodes, the worst first and of equals the latest. A node that gives no answer is one problem, not one a process. */
export function problemsOf(nodes: readonly NodeInfo[]): readonly Problem[] {
  const problems = nodes.flatMap(problemsOfNode);
  const rank = (state: ProcessState): number => STATES_WORST_FIRST.indexOf(state);
  return problems.sort((a, b) => rank(a.state) - rank(b.state) || (b.since ?? '').localeCompare(a.since ?? ''));
}

function problemsOfNode(node: NodeInfo): readonly Problem[] {
  const { name, reason, since, health, runbook } = node;
  const isBlind = BLIND_NODE_REASONS.has(reason);
  const known = node.processes.filter(({ healthy, state }) => !healthy && !(isBlind && state === 'UNKNOWN'));
  const problems = known.map((process): Problem => {
    const words =
      process.reason === null || process.reason === 'reported' ? [] : [PROCESS_REASON_WORDS[process.reason]];
    const message = process.message.replace(/^;/, '').slice(0, MAX_MESSAGE_LENGTH);
    return {
      id: processId(name, process.name),
      node: name,
      process: process.name,
      state: process.state,
      status: process.status,
      why: [...words, ...(message === '' ? [] : [message])].join(': '),
      since: process.since,
      runbook: process.runbook,
    };
  });
  if (reason === null || reason === 'pending' || (problems.length > 0 && !isBlind)) return problems;
  const state = nodeState(node);
  const why = health.detail === '' ? NODE_REASON_WORDS[reason] : `${NODE_REASON_WORDS[reason]}: ${health.detail}`;
  return [{ id: nodeId(name), node: name, process: undefined, state, status: state, why, since, runbook }, ...problems];
}

/** The list of problems. */
export function problemsHtml(problems: readonly Problem[], nowMs: number): Html {
  if (problems.length === 0) return html`<p class="all-well">${stateHtml('UP', 'No problems')}</p>`;
  const left = problems.length - MAX_LISTED_PROBLEMS;
  const items = problems.slice(0, MAX_LISTED_PROBLEMS).map((problem) => problemHtml(problem, nowMs));
  return html`<ul class="problems">
${items}</ul>${left > 0 && html`<p>and ${left} more: <a href="/?state=unhealthy">all that is not healthy</a></p>`}`;
}

function problemHtml({ id, node, process, state, status, why, since, runbook }: Problem, nowMs: number): Html {
  const where = process === undefined ? html`node ${node}` : html`${process} <span class="tags">on ${node}</span>`;
  return html`<li id="problem:${id}" class="${state}">${stateHtml(state, status)} <a class="name" href="#${encode(id)}">${where}</a> <span class="since">${
    since !== null && html`for ${ageHtml(since, nowMs)}`
  }</span> <span class="why">${why} ${runbookHtml(runbook, process ?? node)}</span></li>
`;
}
