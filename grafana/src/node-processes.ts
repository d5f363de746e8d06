import { COLOURS } from './colours.ts';
import type { Section } from './dashboard.ts';
import { graphPanel, timelinePanel } from './graphs.ts';
import { ROW_TO_PROCESS, SERIES_TO_PROCESS } from './links.ts';
import type { PanelBuilder } from './panel.ts';
import { byProcess, ofProcess, PROCESS_LEGEND, perMinute } from './promql.ts';
import { PLACE_COLUMNS, tablePanel } from './tables.ts';
import { stateNumber, unhealthyProcesses } from './verdicts.ts';
import { STATE_WORDS, yesNo } from './words.ts';

const STATES = Object.values(STATE_WORDS);
const REASON = unhealthyProcesses('', 'reason');

function facts(): PanelBuilder {
  const now = (name: string, ...labels: readonly string[]) => ({ expr: byProcess(ofProcess(name), ...labels) });
  return tablePanel({
    title: 'Processes',
    question: 'What is known of each process?',
    explanation:
      'Ports are compared, not judged. Healthy is the share of the time range shown above. Empty cells: not known, or not declared.',
    unit: 'none',
    queries: [
      { expr: stateNumber() },
      { expr: REASON },
      { expr: byProcess(`avg_over_time(${ofProcess('genesis_process_healthy')}[$__range])`) },
      { expr: `1000 * ${byProcess(ofProcess('genesis_process_last_status_change_timestamp_seconds'))}` },
      now('genesis_process_port'),
      now('genesis_process_declared_port'),
      now('genesis_process_expected'),
      now('genesis_process_reported'),
      now('genesis_process_connect_success'),
      now('genesis_process_info', 'group', 'primary_only'),
    ],
    columns: [
      { title: 'State', from: 0, words: STATES },
      { title: 'Node', from: 'genesis_node' },
      ...PLACE_COLUMNS,
      { title: 'Process', from: 'process', link: ROW_TO_PROCESS },
      { title: 'Reason', from: 'reason' },
      { title: 'Healthy', from: 2, unit: 'percentunit' },
      { title: 'Last change', from: 3, unit: 'dateTimeAsLocalNoDateIfToday' },
      { title: 'Port', from: 4 },
      { title: 'Declared port', from: 5 },
      { title: 'Expected', from: 6, words: yesNo() },
      { title: 'Reported', from: 7, words: yesNo() },
      { title: 'Port accepts', from: 8, words: yesNo() },
      { title: 'Group', from: 'group' },
      { title: 'Primary only', from: 'primary_only' },
    ],
    sortBy: 'State',
    descending: true,
    width: 24,
    height: 10,
  });
}

/** The states of the processes, now and before. */
export function nodeProcesses(): Section {
  return {
    title: 'Processes',
    panels: [
      timelinePanel({
        title: 'States',
        question: 'In which state was each process, and when?',
        explanation: 'A gap is a time without data.',
        unit: 'none',
        queries: [{ expr: stateNumber(), legend: PROCESS_LEGEND }],
        words: STATES,
        links: [SERIES_TO_PROCESS],
        width: 24,
        height: 10,
      }),
      facts(),
      graphPanel({
        title: 'Reasons',
        question: 'Why were processes not healthy?',
        explanation:
          'How many processes had each reason; see docs/metrics.md for what each means. Empty while all are healthy.',
        unit: 'none',
        queries: [{ expr: `count by (reason) (${REASON})`, legend: '{{reason}}' }],
        stacked: 'areas',
        shadesOf: COLOURS.orange,
        width: 12,
        height: 8,
      }),
      graphPanel({
        title: 'Status changes',
        question: 'Which processes change their state most?',
        explanation: 'Times without evidence do not count as changes.',
        unit: 'cpm',
        queries: [
          {
            expr: byProcess(perMinute(ofProcess('genesis_process_status_changes_total'))),
            legend: PROCESS_LEGEND,
          },
        ],
        links: [SERIES_TO_PROCESS],
        width: 12,
        height: 8,
      }),
    ],
  };
}
