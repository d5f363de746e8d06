import { COLOURS } from './colours.ts';
import type { Section } from './dashboard.ts';
import { barPanel, graphPanel } from './graphs.ts';
import { ROW_TO_NODE, ROW_TO_PROCESS, SERIES_TO_NODE, SERIES_TO_PROCESS } from './links.ts';
import { lmdbFullIn, lmdbUsed } from './lmdb.ts';
import { risingTo } from './panel.ts';
import {
  byNode,
  byProcess,
  NODE_LABELS,
  NODE_LEGEND,
  ofNode,
  ofProcess,
  perMinute,
  STORE_LEGEND,
  sinceNodeTime,
  top,
} from './promql.ts';
import { PLACE_COLUMNS, tablePanel } from './tables.ts';
import { STATE_WORDS } from './words.ts';

const FAILURES = byNode(perMinute(ofNode('genesis_probe_failures_total')), 'reason');

/** The fullest LMDB stores, and those that will be full first. */
export function fleetLmdb(): Section {
  return {
    title: 'LMDB',
    panels: [
      barPanel({
        title: 'Fullest LMDB stores',
        question: 'Which LMDB stores are fullest?',
        explanation: 'The last figure of a name is the number of the store in its process.',
        unit: 'percentunit',
        queries: [{ expr: top(lmdbUsed()), legend: STORE_LEGEND }],
        thresholds: risingTo(0.8, 0.9),
        links: [SERIES_TO_PROCESS],
        min: 0,
        max: 1,
        noValue: 'none known',
        width: 12,
        height: 9,
      }),
      tablePanel({
        title: 'LMDB stores full first',
        question: 'Which LMDB stores will be full first, if they go on growing as in the last hour?',
        explanation: 'Empty when none is growing.',
        unit: 'none',
        queries: [{ expr: `bottomk(10, ${lmdbFullIn()})` }],
        columns: [
          { title: 'Full in', from: 0, unit: 'dtdurations' },
          { title: 'Node', from: 'genesis_node', link: ROW_TO_NODE },
          ...PLACE_COLUMNS,
          { title: 'Process', from: 'process', link: ROW_TO_PROCESS },
          { title: 'Store', from: 'store' },
        ],
        sortBy: 'Full in',
        descending: false,
        noValue: '-',
        width: 12,
        height: 9,
      }),
    ],
  };
}

/** The history of the fleet. */
export function fleetHistory(): Section {
  const states = graphPanel({
    title: 'Processes by state',
    question: 'How many processes were in each state?',
    unit: 'none',
    queries: [
      {
        expr: `sum by (status) (${byProcess(ofProcess('genesis_process_status'), 'status')})`,
        legend: '{{status}}',
      },
    ],
    stacked: 'areas',
    width: 12,
    height: 9,
  });
  for (const { text, colour } of Object.values(STATE_WORDS)) {
    states.overrideByName(text, [{ id: 'color', value: { mode: 'fixed', fixedColor: colour } }]);
  }
  return {
    title: 'History',
    panels: [
      states,
      graphPanel({
        title: 'Status changes',
        question: 'On which nodes do processes change their state most?',
        explanation: 'Times without evidence do not count as changes. The ten busiest nodes.',
        unit: 'cpm',
        queries: [
          {
            expr: top(
              `sum by (${NODE_LABELS}) (${byProcess(perMinute(ofProcess('genesis_process_status_changes_total')))})`,
            ),
            legend: NODE_LEGEND,
          },
        ],
        links: [SERIES_TO_NODE],
        width: 12,
        height: 9,
      }),
    ],
  };
}

/** How well the nodes can be probed. */
export function fleetProbes(): Section {
  const size = { width: 8, height: 9 } as const;
  const node = { legend: NODE_LEGEND } as const;
  return {
    title: 'Probe health',
    panels: [
      graphPanel({
        title: 'Failed health probes',
        question: 'Why do health probes fail?',
        explanation: 'All nodes together.',
        unit: 'cpm',
        queries: [{ expr: `sum by (reason) (${FAILURES})`, legend: '{{reason}}' }],
        stacked: 'bars',
        shadesOf: COLOURS.orange,
        ...size,
      }),
      graphPanel({
        title: 'Slowest health probes',
        question: 'Which nodes take longest to answer?',
        unit: 's',
        queries: [{ expr: top(byNode(ofNode('genesis_probe_duration_seconds'))), ...node }],
        links: [SERIES_TO_NODE],
        ...size,
      }),
      barPanel({
        title: 'Oldest evidence',
        question: 'Of which nodes is the last good answer oldest?',
        explanation: 'Counted in intervals of the node: 1 or less is on time.',
        unit: 'none',
        queries: [
          {
            expr: top(
              `${sinceNodeTime('genesis_probe_last_success_timestamp_seconds')} / ${byNode(ofNode('genesis_probe_interval_seconds'))}`,
            ),
            ...node,
          },
        ],
        thresholds: risingTo(3),
        links: [SERIES_TO_NODE],
        min: 0,
        ...size,
      }),
    ],
  };
}
