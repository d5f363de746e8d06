import { BigValueTextMode } from '@grafana/grafana-foundation-sdk/common';
import type { Section } from './dashboard.ts';
import { statPanel } from './graphs.ts';
import { type PanelBuilder, type PanelSpec, risingTo } from './panel.ts';
import { byNode, byProcess, countOf, NODE_LEGEND, ofNode, ofProcess, perMinute, sinceNodeTime } from './promql.ts';
import { labelsPanel } from './tables.ts';
import { nodeHealthy, unhealthyNodes, unhealthyProcesses } from './verdicts.ts';
import { STATUS_CODE_WORDS, yesNo } from './words.ts';

function tile(spec: Omit<PanelSpec, 'width' | 'height' | 'queries'>, expr: string, textMode?: BigValueTextMode) {
  return statPanel({ ...spec, queries: [{ expr, legend: NODE_LEGEND }], width: 4, height: 4 }, textMode);
}

function reason(): PanelBuilder {
  const given = unhealthyNodes('', 'reason');
  const none = `label_replace(0 * (${nodeHealthy()} == 1), "reason", "none", "", "")`;
  return statPanel(
    {
      title: 'Reason',
      question: 'Why is the node not healthy?',
      explanation: 'See docs/metrics.md for what each reason means.',
      unit: 'none',
      queries: [{ expr: `${given} or ${none}`, legend: '{{reason}}' }],
      thresholds: risingTo(1),
      noValue: 'no data',
      width: 4,
      height: 4,
    },
    BigValueTextMode.Name,
  );
}

/** The verdict on the node and its evidence. */
export function nodeNow(): Section {
  const processes = byProcess(ofProcess('genesis_process_status'));
  const unhealthy = unhealthyProcesses();
  return {
    title: 'Now',
    panels: [
      tile(
        {
          title: 'Verdict',
          question: 'Is the node healthy?',
          unit: 'none',
          words: yesNo('healthy', 'not healthy'),
          noValue: 'not known yet',
        },
        nodeHealthy(),
      ),
      reason(),
      tile(
        {
          title: "Genesis' own answer",
          question: 'What does Genesis itself answer?',
          unit: 'none',
          words: STATUS_CODE_WORDS,
          noValue: 'no answer',
        },
        byNode(ofNode('genesis_node_health_endpoint_status_code')),
      ),
      tile(
        {
          title: 'Processes not healthy',
          question: 'How many of its processes are not healthy?',
          unit: 'none',
          thresholds: risingTo(1),
          noValue: 'no data',
        },
        countOf(unhealthy, processes),
      ),
      tile(
        {
          title: 'Last good answer',
          question: 'How old is the last good answer of Genesis?',
          unit: 's',
          noValue: 'never',
        },
        sinceNodeTime('genesis_probe_last_success_timestamp_seconds'),
      ),
      tile(
        {
          title: 'Last probe',
          question: 'How long ago was the node probed?',
          explanation: 'More than the interval of the node, and the exporter is late.',
          unit: 's',
          noValue: 'never',
        },
        sinceNodeTime('genesis_probe_last_run_timestamp_seconds'),
      ),
      labelsPanel({
        title: 'Labels',
        question: 'To which Genesis cluster does the node belong, and which labels was it given?',
        unit: 'string',
        queries: [{ expr: `max without (job, instance) (${ofNode('genesis_node_info')})` }],
        width: 12,
        height: 4,
      }),
      tile(
        {
          title: 'Probe interval',
          question: 'How often is the node probed?',
          unit: 's',
          noValue: 'no data',
        },
        byNode(ofNode('genesis_probe_interval_seconds')),
      ),
      tile(
        {
          title: "Genesis' files",
          question: "Could Genesis' own configuration files be read?",
          explanation: 'Only of nodes that are given a genesis_home.',
          unit: 'none',
          words: yesNo('read', 'not readable'),
          noValue: 'not wanted',
        },
        byNode(ofNode('genesis_node_genesis_home_read_successful')),
      ),
      tile(
        {
          title: 'Rejected rows',
          question: 'How many rows of health answers had no usable name?',
          unit: 'cpm',
          thresholds: risingTo(0.01),
          noValue: 'no data',
        },
        byNode(perMinute(ofNode('genesis_node_rejected_rows_total'))),
      ),
    ],
  };
}
