import type { NodeView, ProcessView } from '../domain/view.ts';
import { nagiosState, nodeState, processState } from './nagios-state.ts';
import type { CheckedNode, CheckResult } from './result.ts';
import { runbookLines } from './runbooks.ts';
import { printable } from './terminal.ts';
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

/** Thresholds of the shipped LMDB alerts, in per cent. They are for graphs only and do not change the exit code. */
const LMDB_THRESHOLDS = '70;85';

/** Performance data of a Nagios plugin: LMDB use in per cent, connect durations in seconds. With several nodes a label begins with the node's name. */
function perfdata(views: readonly NodeView[]): string {
  return views
    .flatMap(({ snapshot, processes }) => {
      const prefix = views.length > 1 ? `${snapshot.node.name} ` : '';
      return processes.flatMap((process) => measurements(process, `${prefix}${process.name}`));
    })
    .join(' ');
}

function measurements({ lmdb, connect }: ProcessView, name: string): readonly string[] {
  const stores = lmdb.flatMap(({ usedRatio }, store) => {
    if (usedRatio === undefined) return [];
    return [`${label(`${name} lmdb${store}`)}=${Number((usedRatio * 100).toFixed(2))}%;${LMDB_THRESHOLDS};0;100`];
  });
  if (connect?.outcome !== 'ok') return stores;
  return [...stores, `${label(`${name} connect`)}=${(connect.timing.durationMs / 1000).toFixed(6)}s;;;0`];
}

/** Quotes, bars and equals signs have a special meaning in a label, and not every consumer understands escapes. */
function label(text: string): string {
  return `'${printable(text).replaceAll(/['|=]/g, '_')}'`;
}
