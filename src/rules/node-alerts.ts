import { type Alert, presentValues } from './rule.ts';

/** Alerts about one node, or about nodes that are gone. */
export const NODE_ALERTS: readonly Alert[] = [
  {
    alert: 'GenesisNodeUnreachable',
    severity: 'critical',
    for: '3m',
    keepFiringFor: '2m',
    about: 'node',
    maintenance: { of: 'genesis_node' },
    expr: 'max by (ID, genesis_node) (genesis_node_health_endpoint_up) == 0',
    summary: 'The health endpoint of a Genesis node does not answer.',
    description:
      'The health endpoint of node {{ $labels.genesis_node }} has not given an understood answer for HELD. {{- with printf "topk(1, sum by (reason) (increase(genesis_probe_failures_total{ID_MATCHERS,genesis_node=%q}[5m])) > 0)" ID_VALUES $labels.genesis_node | query }} Most probes fail by: {{ . | first | label "reason" }}.{{ end }}',
  },
  {
    note: 'Processes that are unhealthy have alerts of their own; for longer than the window, so that a process that has just gone down is not taken for this.',
    alert: 'GenesisNodeUnhealthy',
    severity: 'warning',
    for: '10m',
    keepFiringFor: '2m',
    about: 'node',
    maintenance: { of: 'genesis_node' },
    expr: `
      max by (ID, genesis_node) (genesis_node_healthy) == 0
      and on (ID, genesis_node) min_over_time(genesis_node:genesis_process_unhealthy:count[5m]) == 0
      and on (ID, genesis_node) max by (ID, genesis_node) (max_over_time(genesis_node_health_endpoint_up[5m])) == 1
    `,
    summary: 'A Genesis node is not healthy although each of its processes is.',
    description: `Node {{ $labels.genesis_node }} has not been healthy for HELD, and its processes do not explain it. Reason now: ${presentValues('reason', 'genesis_node_unhealthy_reason', 'node')}.`,
  },
  {
    note: 'With a sidecar this is how the death of the host looks: nobody is left to say that the node is down.',
    alert: 'GenesisNodeUnmonitored',
    severity: 'critical',
    for: '5m',
    about: 'exporters',
    expr: `
      max by (ID, genesis_node) (genesis_node_instance:genesis_node_info:last)
      unless on (ID, genesis_node) genesis_node_info
    `,
    summary: 'Every exporter that shows a Genesis node is down.',
    description:
      'Nothing is known of node {{ $labels.genesis_node }}: Prometheus cannot scrape any exporter that shows it.',
  },
  {
    note: 'By number, not by name: pods that are replaced change their names. The quantile is the usual number of nodes of the last day, so the alert lasts for most of a day. Nodes whose exporter is down are not lost but unmonitored, and have that alert.',
    alert: 'GenesisNodesLost',
    severity: 'warning',
    for: '15m',
    about: 'fleet',
    limit: { value: 1, min: 1, max: 100000, unit: 'nodes' },
    expr: `
      quantile_over_time(0.9, genesis_cluster:genesis_node_known:count[1d])
      - on (ID, genesis_cluster)
        (genesis_cluster:genesis_node_known:count or quantile_over_time(0.9, genesis_cluster:genesis_node_known:count[1d]) * 0)
      >= LIMIT
    `,
    summary: 'There are fewer Genesis nodes than usual in the last day.',
    description:
      '{{ with $labels.genesis_cluster }}Cluster {{ . }}{{ else }}The fleet outside of clusters{{ end }} has fewer nodes than in most of the last day. Missing: {{ $value | printf "%.0f" }}.',
  },
  {
    note: 'For the nodes that are expected; none are unless they are named, as by `genesis-exporter rules --expect NODE`. A node whose exporter is down is not missing but unmonitored, and has that alert.',
    alert: 'GenesisExpectedNodeMissing',
    severity: 'critical',
    for: '15m',
    about: 'fleet node',
    expr: 'EXPECTED',
    summary: 'An expected Genesis node is shown by no exporter.',
    description:
      'Node {{ $labels.genesis_node }} is expected, and no exporter shows it. Nothing is known of its processes.',
  },
  {
    note: 'Exporters beside different machines give their nodes one name: rules and dashboards take them for a pair on one node. Two exporters on one machine are a pair.',
    alert: 'GenesisNodeNameTaken',
    severity: 'warning',
    for: '15m',
    about: 'fleet node',
    expr: `
      count by (ID, genesis_node) (
        count by (ID, genesis_node, machine) (
          label_replace(genesis_node_local == 1, "machine", "$1", "instance", "(.*?)(:[0-9]+)?")
        )
      ) > 1
    `,
    summary: 'Exporters on different machines give their own Genesis node the same name.',
    description:
      '{{ $value }} machines each have an exporter that calls its own node {{ $labels.genesis_node }}. A node that is well hides the failure of the other.',
  },
  {
    alert: 'GenesisNodeRejectedRows',
    severity: 'warning',
    for: '5m',
    about: 'node',
    maintenance: { of: 'genesis_node', window: '15m' },
    limit: { value: 0, min: 0, max: 1000000, unit: 'rejected rows in 15 minutes' },
    expr: 'max by (ID, genesis_node) (increase(genesis_node_rejected_rows_total[15m])) > LIMIT',
    summary: 'A Genesis node answers with rows that have no usable process name.',
    description:
      'About {{ $value | printf "%.0f" }} rows of node {{ $labels.genesis_node }} were rejected in 15 minutes: they have no usable process name.',
  },
  {
    note: 'The worse of a pair: the one that cannot read judges without knowing what should run.',
    alert: 'GenesisHomeUnreadable',
    severity: 'warning',
    for: '15m',
    about: 'node',
    maintenance: { of: 'genesis_node' },
    expr: 'min by (ID, genesis_node) (genesis_node_genesis_home_read_successful) == 0',
    summary: 'The configuration files of a Genesis node cannot be read.',
    description:
      'The configuration files in the Genesis home of node {{ $labels.genesis_node }} have not been readable for HELD; what should run there may be out of date.',
  },
];
