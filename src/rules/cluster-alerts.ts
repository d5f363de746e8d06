import type { Alert } from './rule.ts';

/** Alerts about the nodes of one Genesis cluster together. */
export const CLUSTER_ALERTS: readonly Alert[] = [
  {
    note: 'WARNING is a degraded primary, not a missing one. Only while every endpoint is up and no node is out of sight: the primary may be the one that cannot be seen. The quantile is the usual number of nodes of the last day, a short surplus while pods are replaced left out.',
    alert: 'GenesisPrimaryProcessMissing',
    severity: 'critical',
    for: '5m',
    keepFiringFor: '2m',
    about: 'fleet',
    maintenance: { of: 'genesis_cluster' },
    expr: `
      sum by (ID, genesis_cluster, process) (
        genesis_cluster_process:genesis_process_status:sum{genesis_cluster!="",status=~"UP|WARNING"}
      ) == 0
      and on (ID, genesis_cluster, process) genesis_cluster_process:genesis_process_info_primary_only:max == 1
      and on (ID, genesis_cluster)
        genesis_cluster:genesis_node_health_endpoint_up:sum == genesis_cluster:genesis_node_info:count
      and on (ID, genesis_cluster)
        genesis_cluster:genesis_node_info:count >= quantile_over_time(0.9, genesis_cluster:genesis_node_info:count[1d])
    `,
    summary: 'A primary-only Genesis process is UP on no node of its cluster.',
    description:
      '{{ $labels.process }} is UP on no node of cluster {{ $labels.genesis_cluster }}, and the health endpoints of all its nodes answer.',
  },
  {
    alert: 'GenesisPrimaryProcessDuplicated',
    severity: 'critical',
    for: '3m',
    keepFiringFor: '2m',
    about: 'fleet',
    expr: `
      max by (ID, genesis_cluster, process) (
        genesis_cluster_process:genesis_process_status:sum{genesis_cluster!="",status="UP"}
      ) > 1
      and on (ID, genesis_cluster, process) genesis_cluster_process:genesis_process_info_primary_only:max == 1
    `,
    summary: 'A primary-only Genesis process is UP on more than one node of its cluster.',
    description:
      '{{ $labels.process }} is UP on {{ $value }} nodes of cluster {{ $labels.genesis_cluster }}; it should be on one.',
  },
];
