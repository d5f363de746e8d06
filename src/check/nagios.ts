import type { NodeView, ProcessView } from '../domain/view.ts';
import { nagiosState, nodeState, processState } from './nagios-state.ts';
import { perfdata } from './perfdata.ts';
import { printable } from './printable.ts';
import type { CheckedNode, CheckResult } from './result.ts';
import { runbookLines } from './runbooks.ts';
import { count, countProcesses, homeNote, nodeWhy, processWhy, statusWords } from './words.ts';

/** Most nodes, and most processes of a node, that the line names. It counts the others, because a notification is short. */
const MAX_NAMED = 5;

/** The check result for Nagios: one line with the state, the problems, and the performance data behind a bar; then the runbooks as long output. */
export function renderNagios(result: CheckResult): string {
  const text = problems(result).join('; ') || allIsWell(result);
  const measured = perfdata(result.nodes.map(({ view }) => view));
  const line = `GENESIS ${nagiosState(result)} - ${pluginText(text)}`;
  const runbooks = runbookLines(result).map((text) => `${pluginText(text)}\n`);
  return `${measured === '' ? line : `${line} | ${measured}`}\n${runbooks.join('')}`;
}

/** The line for a check that could not run. */
export function renderNagiosFailure(problem: string): string {
  return `GENESIS UNKNOWN - ${pluginText(problem)}\n`;
}

/** Removes bars: Nagios reads performance data behind a bar. */
function pluginText(text: string): string {
  return printable(text).replaceAll('|', '/');
}

function allIsWell({ nodes }: CheckResult): string {
  const processes = nodes.reduce((all, { view }) => all + view.processes.length, 0);
  const [first] = nodes;
  const where = nodes.length === 1 && first !== undefined ? nameOf(first) : count(nodes.length, 'node');
  const note = nodes.map(homeNote).find((text) => text !== '') ?? '';
  return `${countProcesses(processes)} on ${where}${note}`;
}

function problems({ nodes, unreadSources }: CheckResult): readonly string[] {
  const troubled = nodes.filter(({ view }) => nodeState(view) !== 'OK');
  const none = nodes.length === 0 ? ['there are no nodes'] : [];
  const named = troubled
    .slice(0, MAX_NAMED)
    .map((node) => `${nameOf(node)}: ${nodeProblem(node.view)}${homeNote(node)}`);
  const others = troubled.length - named.length;
  const more = others === 0 ? [] : [`${count(others, 'more node')} not well`];
  return [...unreadSources.map((source) => `${source} could not be read`), ...none, ...named, ...more];
}

function nodeProblem(view: NodeView): string {
  if (view.reason === 'health_unavailable') return `no answer: ${nodeWhy(view)}`;
  const bad = view.processes.filter((process) => processState(process) !== 'OK');
  const named = bad.slice(0, MAX_NAMED).map(processProblem);
  const more = bad.length > MAX_NAMED ? [`${bad.length - MAX_NAMED} more`] : [];
  const why = nodeWhy(view);
  return [...(why === '' ? [] : [why]), ...named, ...more].join(', ');
}

function processProblem(process: ProcessView): string {
  const why = process.acceptable ? 'while Genesis itself answered 200' : processWhy(process);
  return `${printable(process.name)} ${statusWords(process)}${why === '' ? '' : ` (${why})`}`;
}

function nameOf({ view }: CheckedNode): string {
  return printable(view.snapshot.node.name);
}
