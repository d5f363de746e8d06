import { BigValueTextMode } from '@grafana/grafana-foundation-sdk/common';
import type { Section } from './dashboard.ts';
import { statPanel } from './graphs.ts';
import { CELL_TO_NODE, CELL_TO_PROCESS, ROW_TO_NODE, ROW_TO_PROCESS, SERIES_TO_NODE } from './links.ts';
import type { PanelBuilder } from './panel.ts';
import { NODE_LABELS, NODE_LEGEND, nodeClock } from './promql.ts';
import { type Column, mapPanel, PLACE_COLUMNS, tablePanel } from './tables.ts';
import {
  nodeHealthy,
  nodeWrongSince,
  processWrongSince,
  stateNumber,
  unhealthyNodes,
  unhealthyProcesses,
} from './verdicts.ts';
import { STATE_WORDS, yesNo } from './words.ts';

const STATES = Object.values(STATE_WORDS);

/** The last two columns of a table of what is wrong: values of two queries, the first of them with this number. */
function sinceColumns(from: number): readonly Column[] {
  return [
    { title: 'Since', from, unit: 'dateTimeAsLocalNoDateIfToday' },
    { title: 'For', from: from + 1, unit: 'dtdurations' },
  ];
}

function processesWrong(): PanelBuilder {
  const since = processWrongSince();
  return tablePanel({
    title: 'What is wrong: processes',
    question: 'Which processes are not healthy, why, and since when?',
    explanation: 'Without a time where it has been so for longer than the exporter watches.',
    unit: 'none',
    queries: [
      { expr: `${unhealthyProcesses('', 'reason')} * on (${NODE_LABELS}, process) group_left () ${stateNumber()}` },
      { expr: `1000 * (${since})` },
      { expr: `${nodeClock()} - on (${NODE_LABELS}) group_right () (${since})` },
    ],
    columns: [
      { title: 'State', from: 0, words: STATES },
      { title: 'Node', from: 'genesis_node', link: ROW_TO_NODE },
      ...PLACE_COLUMNS,
      { title: 'Process', from: 'process', link: ROW_TO_PROCESS },
      { title: 'Reason', from: 'reason' },
      ...sinceColumns(1),
    ],
    sortBy: 'State',
    descending: true,
    noValue: '-',
    width: 14,
    height: 9,
  });
}

function nodesWrong(): PanelBuilder {
  const since = nodeWrongSince();
  return tablePanel({
    title: 'What is wrong: nodes',
    question: 'Which nodes are not healthy, why, and since when?',
    explanation:
      'The time is that of the last good answer, or of the oldest change among the processes that are wrong.',
    unit: 'none',
    queries: [
      { expr: unhealthyNodes('', 'reason') },
      { expr: `1000 * (${since})` },
      { expr: `${nodeClock()} - (${since})` },
    ],
    columns: [
      { title: 'Node', from: 'genesis_node', link: ROW_TO_NODE },
      ...PLACE_COLUMNS,
      { title: 'Reason', from: 'reason' },
      ...sinceColumns(1),
    ],
    sortBy: 'For',
    descending: true,
    noValue: '-',
    width: 10,
    height: 9,
  });
}

/** What is wrong now, in words. */
export function fleetWrong(): Section {
  return { title: 'What is wrong now', panels: [processesWrong(), nodesWrong()] };
}

/** The state of all nodes and all processes. */
export function fleetMap(): Section {
  const processes = mapPanel(
    {
      title: 'Processes',
      question: 'In which state is each process of each node?',
      explanation:
        'A row for each name of a node; an empty cell where a node has no such process. Of namesakes the worse state is shown.',
      unit: 'none',
      queries: [{ expr: `max by (genesis_node, process) (${stateNumber()})` }],
      words: STATES,
      links: [CELL_TO_PROCESS],
      width: 18,
      height: 10,
    },
    { row: 'genesis_node', column: 'process', rowLink: CELL_TO_NODE },
  );
  const nodes = statPanel(
    {
      title: 'Nodes by verdict',
      question: 'Which nodes are healthy?',
      explanation: 'A node that was not probed yet is missing.',
      unit: 'none',
      queries: [{ expr: `sort(${nodeHealthy()})`, legend: NODE_LEGEND }],
      words: yesNo('healthy', 'not healthy'),
      links: [SERIES_TO_NODE],
      width: 6,
      height: 10,
    },
    BigValueTextMode.ValueAndName,
  );
  return { title: 'Map', panels: [processes, nodes] };
}
