import { COLOURS } from './colours.ts';
import type { Section } from './dashboard.ts';
import { barPanel, graphPanel, timelinePanel } from './graphs.ts';
import { SERIES_TO_PROCESS } from './links.ts';
import { daysLeft } from './panel.ts';
import { byNode, byProcess, NODE_LABELS, NODE_LEGEND, ofNode, ofProcess, PROCESS_LEGEND, perMinute } from './promql.ts';
import { yesNo } from './words.ts';

const DAY_SECONDS = 86_400;
const THIRD = { width: 8, height: 9 } as const;

function failingShare(failures: string, all: string): string {
  return `sum without (reason) (rate(${failures}[$__rate_interval])) / rate(${all}[$__rate_interval])`;
}

const CONNECTS_FAILING = failingShare(
  ofProcess('genesis_process_connect_failures_total'),
  ofProcess('genesis_process_connects_total'),
);
const PROBES_FAILING = failingShare(ofNode('genesis_probe_failures_total'), ofNode('genesis_probes_total'));

/** The evidence for the verdicts: health answers and connects, and how they fail. */
export function nodeEvidence(): Section {
  return {
    title: 'Evidence',
    panels: [
      timelinePanel({
        title: 'Evidence',
        question: 'When did Genesis answer, and when did the ports of the processes accept?',
        explanation: 'A gap: nothing was asked, or nothing recent enough is known.',
        unit: 'none',
        queries: [
          {
            expr: byNode(ofNode('genesis_node_health_endpoint_up')),
            legend: `${NODE_LEGEND} health endpoint`,
          },
          {
            expr: byProcess(ofProcess('genesis_process_connect_success')),
            legend: `${PROCESS_LEGEND} port`,
          },
        ],
        words: yesNo('ok', 'failed'),
        width: 12,
        height: 9,
      }),
      graphPanel({
        title: 'Connect latency',
        question: 'How long do connects to each process take?',
        explanation: 'With the TLS handshake, if any; only connects that succeed.',
        unit: 's',
        queries: [{ expr: byProcess(ofProcess('genesis_process_connect_duration_seconds')), legend: PROCESS_LEGEND }],
        links: [SERIES_TO_PROCESS],
        width: 12,
        height: 9,
      }),
      graphPanel({
        title: 'Failed connects by reason',
        question: 'Why do connects fail?',
        unit: 'cpm',
        queries: [
          {
            expr: `sum by (reason) (${byProcess(perMinute(ofProcess('genesis_process_connect_failures_total')), 'reason')})`,
            legend: '{{reason}}',
          },
        ],
        stacked: 'bars',
        shadesOf: COLOURS.orange,
        ...THIRD,
      }),
      graphPanel({
        title: 'Share of failed connects',
        question: 'Which processes refuse connects, and how many of them?',
        unit: 'percentunit',
        queries: [{ expr: byProcess(CONNECTS_FAILING), legend: PROCESS_LEGEND }],
        max: 1,
        links: [SERIES_TO_PROCESS],
        ...THIRD,
      }),
      barPanel({
        title: 'Certificates end in',
        question: 'When do the certificates of secure processes end?',
        explanation: 'Less than a week is purple, less than 30 days orange.',
        unit: 'dtdurations',
        queries: [
          {
            expr: `sort(min by (${NODE_LABELS}, process) (${ofProcess('genesis_process_tls_cert_not_after_timestamp_seconds')}) - time())`,
            legend: PROCESS_LEGEND,
          },
        ],
        thresholds: daysLeft(7, 30),
        links: [SERIES_TO_PROCESS],
        min: 0,
        max: 90 * DAY_SECONDS,
        noValue: 'no secure process',
        ...THIRD,
      }),
      graphPanel({
        title: 'Failed health probes by reason',
        question: 'Why do health probes of the node fail?',
        unit: 'cpm',
        queries: [
          {
            expr: `sum by (reason) (${byNode(perMinute(ofNode('genesis_probe_failures_total')), 'reason')})`,
            legend: '{{reason}}',
          },
        ],
        stacked: 'bars',
        shadesOf: COLOURS.orange,
        ...THIRD,
      }),
      graphPanel({
        title: 'Share of failed health probes',
        question: 'How many of the health probes fail?',
        unit: 'percentunit',
        queries: [{ expr: byNode(PROBES_FAILING), legend: NODE_LEGEND }],
        max: 1,
        ...THIRD,
      }),
      graphPanel({
        title: 'Health probe duration',
        question: 'How long does the health endpoint take to answer?',
        unit: 's',
        queries: [{ expr: byNode(ofNode('genesis_probe_duration_seconds')), legend: NODE_LEGEND }],
        ...THIRD,
      }),
    ],
  };
}
