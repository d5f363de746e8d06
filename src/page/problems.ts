import type { ProcessState } from '../domain/process-state.ts';
import { type Html, html } from './html.ts';
import { nodeState } from './node-section.ts';
import type { NodeInfo } from './nodes-answer.ts';
import { nodeId, processId, runbookHtml, stateHtml, urlEncode } from './parts.ts';
import { ageHtml } from './time.ts';
import { BLIND_NODE_REASONS, NODE_REASON_WORDS, PROCESS_REASON_WORDS, STATES_WORST_FIRST } from './words.ts';

/** At most this many problems are listed. */
export const MAX_LISTED_PROBLEMS = 50;

const MAX_MESSAGE_LENGTH = 200;

/** A problem on fewer nodes has one line per node. */
const MIN_GROUP_SIZE = 3;

/** One thing that is wrong. */
export interface Problem {
  /** Where it is on the page. */
  readonly id: string;
  readonly node: string;
  /** Undefined when it is the node as a whole. */
  readonly process: string | undefined;
  readonly state: ProcessState;
  readonly status: string;
  /** The reason in words that are the same on every node; empty when Genesis itself reports the state. */
  readonly reason: string;
  readonly why: string;
  readonly since: string | null;
  readonly runbook: string | null;
}

/** The problems of nodes, the worst first and equal ones by time, the latest first. A node without an answer is one problem, not one per process. */
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
    const words = process.reason === null || process.reason === 'reported' ? '' : PROCESS_REASON_WORDS[process.reason];
    const message = process.message.replace(/^;/, '').slice(0, MAX_MESSAGE_LENGTH);
    return {
      id: processId(name, process.name),
      node: name,
      process: process.name,
      state: process.state,
      status: process.status,
      reason: words,
      why: [words, message].filter((part) => part !== '').join(': '),
      since: process.since,
      runbook: process.runbook,
    };
  });
  if (reason === null || reason === 'pending' || (problems.length > 0 && !isBlind)) return problems;
  const state = nodeState(node);
  const words = NODE_REASON_WORDS[reason];
  const why = health.detail === '' ? words : `${words}: ${health.detail}`;
  const nodeProblem = {
    id: nodeId(name),
    node: name,
    process: undefined,
    state,
    status: state,
    reason: words,
    why,
    since,
    runbook,
  };
  return [nodeProblem, ...problems];
}

/** One problem, or the same one on several nodes. */
export interface ProblemGroup {
  readonly problems: readonly [Problem, ...Problem[]];
}

/** Joins a problem of three or more nodes into one entry, at the place of its first node. */
export function groupProblems(problems: readonly Problem[]): readonly ProblemGroup[] {
  const problemsByKey = new Map<string, [Problem, ...Problem[]]>();
  for (const problem of problems) {
    const known = problemsByKey.get(groupKey(problem));
    if (known === undefined) problemsByKey.set(groupKey(problem), [problem]);
    else known.push(problem);
  }
  const listedKeys = new Set<string>();
  return problems.flatMap((problem): readonly ProblemGroup[] => {
    const key = groupKey(problem);
    const group = problemsByKey.get(key) ?? [problem];
    if (group.length < MIN_GROUP_SIZE) return [{ problems: [problem] }];
    if (listedKeys.has(key)) return [];
    listedKeys.add(key);
    return [{ problems: group }];
  });
}

function groupKey({ process, state, status, reason }: Problem): string {
  return JSON.stringify([process ?? null, state, status, reason]);
}

/** How a list of problems is shown. */
export interface ProblemsOptions {
  readonly nowMs: number;
  /** What leads from the page to `/`: `./` or `../`. */
  readonly root: string;
}

/** The list of problems; `problems` are sorted, the worst first. */
export function problemsHtml(problems: readonly Problem[], options: ProblemsOptions): Html {
  if (problems.length === 0) return html`<p class="all-well">${stateHtml('UP', 'No problems')}</p>`;
  const groups = groupProblems(problems);
  const shown = groups.slice(0, MAX_LISTED_PROBLEMS);
  const unlistedCount = groups.slice(MAX_LISTED_PROBLEMS).reduce((sum, group) => sum + group.problems.length, 0);
  const items = shown.map((group) =>
    group.problems.length === 1 ? problemHtml(group.problems[0], options) : groupHtml(group, options),
  );
  return html`<ul class="problems">
${items}</ul>${unlistedCount > 0 && moreHtml(unlistedCount, options)}`;
}

function moreHtml(unlistedCount: number, { root }: ProblemsOptions): Html {
  return html`<p>and ${unlistedCount} more: <a href="${root}?state=unhealthy">all that is not healthy</a></p>`;
}

function problemHtml(
  { id, node, process, state, status, why, since, runbook }: Problem,
  { nowMs }: ProblemsOptions,
): Html {
  const where = process === undefined ? html`node ${node}` : html`${process} <span class="tags">on ${node}</span>`;
  return html`<li id="problem:${id}" class="${state}">${stateHtml(state, status)} <a class="name" href="#${urlEncode(id)}">${where}</a> <span class="since">${
    since !== null && html`for ${ageHtml(since, nowMs)}`
  }</span> <span class="why">${why} ${runbookHtml(runbook, process ?? node)}</span></li>
`;
}

/** The same problem on several nodes as one line, which unfolds to a line for each. */
function groupHtml({ problems }: ProblemGroup, options: ProblemsOptions): Html {
  const { nowMs } = options;
  const [{ process, state, status, reason, why, runbook }] = problems;
  const earliest = problems.reduce<string | null>(
    (first, { since }) => (since !== null && (first === null || since < first) ? since : first),
    null,
  );
  const commonReason = reason === '' && problems.every((problem) => problem.why === why) ? why : reason;
  const lines = problems.slice(0, MAX_LISTED_PROBLEMS).map((problem) => problemHtml(problem, options));
  const unlistedCount = problems.length - lines.length;
  return html`<li id="problems:${urlEncode(groupKey(problems[0]))}" class="${state} group"><details><summary class="group-line">${stateHtml(state, status)} <span class="name">${process ?? 'node'} <span class="tags">on ${problems.length} nodes</span></span> <span class="since">${
    earliest !== null && html`for ${ageHtml(earliest, nowMs)}`
  }</span> <span class="why">${commonReason}</span></summary>
<ul class="problems">
${lines}</ul>${unlistedCount > 0 && moreHtml(unlistedCount, options)}</details> ${runbookHtml(runbook, process ?? `${problems.length} nodes`)}</li>
`;
}
