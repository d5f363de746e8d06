import type { RecordingRule, Rule } from './rule.ts';

/** Expressions that alerts and dashboards use more than once. */
export const RECORDING_RULES: readonly RecordingRule[] = [
  {
    record: 'genesis_process:genesis_process_healthy:max',
    expr: 'max by (ID, genesis_node, process) (genesis_process_healthy)',
  },
  {
    record: 'genesis_process:genesis_process_reported:max',
    expr: 'max by (ID, genesis_node, process) (genesis_process_reported)',
  },
  {
    note: "When each process was last in the answers of its node, by Prometheus' clock, for a day; an outage of Prometheus of up to an hour is bridged.",
    record: 'genesis_process:genesis_process_reported:timestamp',
    expr: `
      timestamp(max by (ID, genesis_node, process) (genesis_process_reported) == 1)
      or last_over_time(genesis_process:genesis_process_reported:timestamp[1h]) > time() - 86400
    `,
  },
  {
    record: 'genesis_process:genesis_process_status:max',
    expr: 'max by (ID, genesis_node, process, status) (genesis_process_status)',
  },
  {
    record: 'genesis_process:genesis_process_lmdb_used_ratio:max',
    expr: 'max by (ID, genesis_node, process) (genesis_process_lmdb_used_ratio)',
  },
  {
    record: 'genesis_node:genesis_node_healthy:max',
    expr: 'max by (ID, genesis_node) (genesis_node_healthy)',
  },
  {
    record: 'genesis_node:genesis_node_health_endpoint_up:max',
    expr: 'max by (ID, genesis_node) (genesis_node_health_endpoint_up)',
  },
  {
    note: '0 where every row is well, and where there is none.',
    record: 'genesis_node:genesis_process_unhealthy:count',
    expr: `
      count by (ID, genesis_node) (max by (ID, genesis_node, process) (genesis_process_healthy) == 0)
      or max by (ID, genesis_node) (genesis_node_healthy) * 0
    `,
  },
  {
    note: 'The worst of the exporters, so that one of a pair that cannot reach the node is seen.',
    record: 'genesis_node:genesis_probe_failures:ratio_rate15m',
    expr: `
      max by (ID, genesis_node) (
        sum by (ID, genesis_node, job, instance) (rate(genesis_probe_failures_total[15m]))
        / sum by (ID, genesis_node, job, instance) (rate(genesis_probes_total[15m]))
      )
    `,
  },
  {
    note: 'One series a node even when two exporters name different clusters: the joins below would fail for the whole fleet.',
    record: 'genesis_node:genesis_node_info:topk1',
    expr: 'max by (ID, genesis_node, genesis_cluster) (topk by (ID, genesis_node) (1, genesis_node_info))',
  },
  {
    record: 'genesis_cluster:genesis_node_info:count',
    expr: 'count by (ID, genesis_cluster) (genesis_node:genesis_node_info:topk1)',
  },
  {
    record: 'genesis_cluster:genesis_node_health_endpoint_up:sum',
    expr: `
      sum by (ID, genesis_cluster) (
        genesis_node:genesis_node_health_endpoint_up:max
        * on (ID, genesis_node) group_left (genesis_cluster) genesis_node:genesis_node_info:topk1
      )
    `,
  },
  {
    record: 'genesis_cluster:genesis_node_healthy:sum',
    expr: `
      sum by (ID, genesis_cluster) (
        genesis_node:genesis_node_healthy:max
        * on (ID, genesis_node) group_left (genesis_cluster) genesis_node:genesis_node_info:topk1
      )
    `,
  },
  {
    note: 'On how many nodes of the cluster a process is in each state.',
    record: 'genesis_cluster_process:genesis_process_status:sum',
    expr: `
      sum by (ID, genesis_cluster, process, status) (
        genesis_process:genesis_process_status:max
        * on (ID, genesis_node) group_left (genesis_cluster) genesis_node:genesis_node_info:topk1
      )
    `,
  },
  {
    record: 'genesis_cluster_process:genesis_process_info_primary_only:max',
    expr: `
      max by (ID, genesis_cluster, process) (
        max by (ID, genesis_node, process) (genesis_process_info{primary_only="true"})
        * on (ID, genesis_node) group_left (genesis_cluster) genesis_node:genesis_node_info:topk1
      )
    `,
  },
  {
    note: 'Which exporter shows which node; remembered, from one evaluation to the next, for as long as that exporter is down.',
    record: 'genesis_node_instance:genesis_node_info:last',
    expr: `
      max by (ID, genesis_node, genesis_cluster, job, instance) (genesis_node_info)
      or (genesis_node_instance:genesis_node_info:last and on (ID, job, instance) up == 0)
    `,
  },
  {
    note: 'Nodes that are shown, or that only exporters show which are down now: these are unmonitored, not lost.',
    record: 'genesis_cluster:genesis_node_known:count',
    expr: `
      count by (ID, genesis_cluster) (
        max by (ID, genesis_node, genesis_cluster) (
          topk by (ID, genesis_node) (1, genesis_node_instance:genesis_node_info:last)
        )
      )
    `,
  },
];

/** The availability of each node over 30 days. */
export const AVAILABILITY_RULES: readonly Rule[] = [
  {
    note: 'Maintenance counts neither as healthy nor as unhealthy.',
    record: 'genesis_node:genesis_node_healthy:avg_over_time5m',
    expr: `
      avg_over_time((
        genesis_node:genesis_node_healthy:max
        unless on (ID, genesis_node) max by (ID, genesis_node) (genesis_node_maintenance) == 1
      )[5m:15s])
    `,
  },
  {
    record: 'genesis_node:genesis_node_healthy:avg_over_time30d',
    expr: 'avg_over_time(genesis_node:genesis_node_healthy:avg_over_time5m[30d])',
  },
  {
    note: 'Not before a week of data: in the first hours one restart would be most of it.',
    alert: 'GenesisNodeAvailabilityLow',
    severity: 'info',
    for: '1h',
    about: 'node',
    limit: { value: 0.995, min: 0, max: 1, unit: 'ratio of 30 days' },
    expr: `
      genesis_node:genesis_node_healthy:avg_over_time30d < LIMIT
      and on (ID, genesis_node) last_over_time(genesis_node:genesis_node_healthy:avg_over_time5m[1d] offset 7d)
    `,
    summary: 'A Genesis node was unhealthy for too much of the last 30 days.',
    description:
      'Node {{ $labels.genesis_node }} was healthy for {{ $value | humanizePercentage }} of the last 30 days.',
  },
];
