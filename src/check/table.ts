import type { NodeView } from '../domain/view.ts';
import { type Cell, type ProcessCells, processCells } from './process-cells.ts';
import { type CheckedNode, type CheckResult, nodeVerdict } from './result.ts';
import { runbookLines } from './runbooks.ts';
import { cutTo, displayWidth, padTo, paint, printable, type Terminal } from './terminal.ts';
import { count, countProcesses, homeNote, nodeWhy } from './words.ts';

const VERDICT_WORDS = { healthy: 'healthy', unhealthy: 'not healthy', no_answer: 'no answer' } as const;
const VERDICT_COLOURS = { healthy: 'green', unhealthy: 'red', no_answer: 'red' } as const;
const TITLES = ['NODE', 'PROCESS', 'STATUS', 'PORT', 'CONNECT', 'LMDB', 'MESSAGE'] as const;
const GAP = '  ';

/** Fewest columns of the message cell, however narrow the terminal is. */
const MIN_MESSAGE_COLUMNS = 20;

type Title = (typeof TITLES)[number];
type Row = Readonly<Record<Title, Cell>>;

/** The check result for people: a headline for each node, a row for each process, the runbooks, and a summary for several nodes. */
export function renderTable(result: CheckResult, terminal: Terminal): string {
  const { nodes, unreadSources } = result;
  const rows: readonly ProcessCells[] = nodes.flatMap(({ view }) => view.processes.map((p) => processCells(view, p)));
  const sections = [
    [
      ...unreadSources.map((source) => `${source}: ${paint('could not be read', 'red', terminal)}`),
      ...nodes.map((node) => headline(node, terminal)),
    ],
    rows.length === 0 ? [] : table(rows, nodes.length > 1, terminal),
    runbookLines(result),
    nodes.length === 1 ? [] : [sum(result)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function headline(node: CheckedNode, terminal: Terminal): string {
  const { view } = node;
  const verdict = nodeVerdict(view.reason);
  const said = paint(VERDICT_WORDS[verdict], VERDICT_COLOURS[verdict], terminal);
  const more = verdict === 'healthy' ? aside(view) : `: ${nodeWhy(view)}`;
  return `${printable(view.snapshot.node.name)}: ${said}${more}${homeNote(node)}`;
}

/** Remarks about a healthy node. */
function aside({ processes }: NodeView): string {
  const tolerated = processes.filter(({ healthy }) => !healthy).length;
  const but = tolerated === 0 ? '' : `, ${tolerated} of them tolerated since Genesis itself answered 200`;
  return `, ${countProcesses(processes.length)}${but}`;
}

function sum({ nodes }: CheckResult): string {
  const verdicts = nodes.map(({ view }) => nodeVerdict(view.reason));
  const parts = (['healthy', 'unhealthy', 'no_answer'] as const).flatMap((verdict) => {
    const number = verdicts.filter((one) => one === verdict).length;
    return number === 0 ? [] : [`${number} ${VERDICT_WORDS[verdict]}`];
  });
  return [count(nodes.length, 'node'), parts.join(', ')].filter((part) => part !== '').join(': ');
}

/** Leaves out empty columns. */
function table(rows: readonly Row[], hasNodes: boolean, terminal: Terminal): readonly string[] {
  const titles = TITLES.filter((title) => (title === 'NODE' ? hasNodes : rows.some((row) => row[title].text !== '')));
  const widths = new Map(
    titles.map((title) => [title, Math.max(title.length, ...rows.map((row) => displayWidth(row[title].text)))]),
  );
  const before = titles.filter((title) => title !== 'MESSAGE').map((title) => (widths.get(title) ?? 0) + GAP.length);
  const left = (terminal.columns ?? Number.POSITIVE_INFINITY) - before.reduce((all, width) => all + width, 0);
  const messageColumns = Math.max(MIN_MESSAGE_COLUMNS, left);

  function line(cells: readonly (readonly [Title, Cell])[]): string {
    const texts = cells.map(([title, { text, colour }]) => {
      if (title === 'MESSAGE') return cutTo(text, messageColumns);
      const blanks = padTo(text, widths.get(title) ?? 0).slice(text.length);
      return (text === '' ? '' : paint(text, colour, terminal)) + blanks;
    });
    return texts.join(GAP).trimEnd();
  }

  return [
    line(titles.map((title) => [title, { text: title }] as const)),
    ...rows.map((row) => line(titles.map((title) => [title, row[title]] as const))),
  ];
}
