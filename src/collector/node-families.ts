import type { HealthResult } from '../domain/evidence.ts';
import type { NodeView } from '../domain/view.ts';
import { known, knownFlag, type NodeFamily, seconds } from './family.ts';

/** What is known of each node, and of the probes of its health endpoint. */
export const NODE_FAMILIES: readonly NodeFamily[] = [
  {
    name: 'genesis_node_healthy',
    type: 'gauge',
    scope: 'node',
    labels: [],
    help: 'Whether the node is healthy, 1 or 0 (cached result of the latest probes).',
    samples: ({ reason }) => knownFlag(reason === 'pending' ? undefined : reason === undefined),
  },
  {
    name: 'genesis_node_unhealthy_reason',
    type: 'gauge',
    scope: 'node',
    labels: ['reason'],
    help: 'Why the node is not healthy, 1 for the reason in force; no series while it is healthy (cached).',
    samples: ({ reason }) => (reason === undefined ? [] : [{ labels: { reason }, value: 1 }]),
  },
  {
    name: 'genesis_node_info',
    type: 'gauge',
    scope: 'node',
    labels: ['genesis_cluster'],
    help: 'The Genesis cluster of the node, and the labels that the configuration gives it; always 1.',
    samples: ({ snapshot: { node } }) => [
      { labels: { genesis_cluster: node.cluster, ...Object.fromEntries(node.labels) }, value: 1 },
    ],
  },
  {
    name: 'genesis_node_local',
    type: 'gauge',
    scope: 'node',
    labels: [],
    help: "Whether the health endpoint is on the exporter's own machine, 1 or 0, by the address of the latest health probe (cached).",
    samples: (view) => knownFlag(probed(view)?.isLocal),
  },
  {
    name: 'genesis_node_health_endpoint_up',
    type: 'gauge',
    scope: 'node',
    labels: [],
    help: 'Whether the latest health probe got an answer that was understood, 1 or 0; 0 once that is too long ago (cached).',
    samples: (view) => knownFlag(probed(view) && view.health === 'good'),
  },
  {
    name: 'genesis_node_health_endpoint_status_code',
    type: 'gauge',
    scope: 'node',
    labels: [],
    help: 'HTTP status code of the latest health answer, 200 or 503; absent without one that was understood (cached).',
    samples: (view) => known(view.health === 'good' ? probed(view)?.statusCode : undefined),
  },
  {
    name: 'genesis_node_rejected_rows_total',
    type: 'counter',
    scope: 'node',
    labels: [],
    help: 'Rows of health answers that had no usable process name.',
    samples: ({ snapshot }) => known(snapshot.node.healthEnabled ? snapshot.rejectedRows : undefined),
  },
  {
    name: 'genesis_node_genesis_home_read_successful',
    type: 'gauge',
    scope: 'node',
    labels: [],
    help: "Whether Genesis' own configuration files of the node could be read when last tried, 1 or 0.",
    samples: ({ snapshot }) => knownFlag(snapshot.node.homeReadSuccessful),
  },
  {
    name: 'genesis_probes_total',
    type: 'counter',
    scope: 'node',
    labels: [],
    help: 'Health probes of the node that have finished.',
    samples: ({ snapshot }) => known(snapshot.node.healthEnabled ? snapshot.healthCounts.finished : undefined),
  },
  {
    name: 'genesis_probe_failures_total',
    type: 'counter',
    scope: 'node',
    labels: ['reason'],
    help: 'Health probes of the node that have failed, by reason.',
    samples: ({ snapshot }) =>
      snapshot.node.healthEnabled
        ? [...snapshot.healthCounts.failures].map(([reason, value]) => ({ labels: { reason }, value }))
        : [],
  },
  {
    name: 'genesis_probe_duration_seconds',
    type: 'gauge',
    scope: 'node',
    labels: [],
    help: 'How long the latest health probe of the node took (cached).',
    samples: (view) => known(seconds(probed(view)?.timing.durationMs)),
  },
  {
    name: 'genesis_probe_last_run_timestamp_seconds',
    type: 'gauge',
    scope: 'node',
    labels: [],
    help: 'When a health probe of the node last finished, seconds since the epoch.',
    samples: (view) => known(seconds(probed(view)?.timing.finishedAtMs)),
  },
  {
    name: 'genesis_probe_last_success_timestamp_seconds',
    type: 'gauge',
    scope: 'node',
    labels: [],
    help: 'When a health probe of the node last got an answer that was understood, seconds since the epoch.',
    samples: ({ snapshot }) => known(seconds(snapshot.lastSuccessAtMs)),
  },
  {
    name: 'genesis_probe_interval_seconds',
    type: 'gauge',
    scope: 'node',
    labels: [],
    help: 'How often the node is probed.',
    samples: ({ snapshot }) => known(seconds(snapshot.node.intervalMs)),
  },
];

/** The latest finished health probe; undefined with health off, whatever was there before. */
function probed({ snapshot }: NodeView): HealthResult | undefined {
  return snapshot.node.healthEnabled ? snapshot.health : undefined;
}
