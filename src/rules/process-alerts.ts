import { type Alert, presentValues } from './rule.ts';

/** Alerts about one process of a node. */
export const PROCESS_ALERTS: readonly Alert[] = [
  {
    alert: 'GenesisProcessDown',
    severity: 'critical',
    for: '3m',
    keepFiringFor: '2m',
    about: 'process',
    maintenance: { of: 'genesis_node' },
    expr: `
      max by (ID, genesis_node, process) (genesis_process_healthy) == 0
      and on (ID, genesis_node, process)
        max by (ID, genesis_node, process) (max_over_time(genesis_process_status{status=~"DOWN|ERROR"}[2m])) == 1
    `,
    summary: 'A Genesis process is DOWN or in ERROR.',
    description: `{{ $labels.process }} on node {{ $labels.genesis_node }} has not been healthy for HELD, and is or was DOWN or in ERROR. Reason now: ${presentValues('reason', 'genesis_process_unhealthy_reason', 'process')}.`,
  },
  {
    note: 'Of declared processes. Whether its port answers makes it WARNING or DOWN: see GenesisProcessDown.',
    alert: 'GenesisProcessMissing',
    severity: 'warning',
    for: '3m',
    keepFiringFor: '2m',
    about: 'process',
    maintenance: { of: 'genesis_node' },
    expr: `
      max by (ID, genesis_node, process) (genesis_process_healthy) == 0
      and on (ID, genesis_node, process) max by (ID, genesis_node, process) (genesis_process_expected) == 1
      and on (ID, genesis_node, process) max by (ID, genesis_node, process) (min_over_time(genesis_process_reported[2m])) == 0
    `,
    summary: 'A Genesis process that should run is not in the answers of its node.',
    description:
      '{{ $labels.process }} is declared to run on node {{ $labels.genesis_node }}, but Genesis does not list it.',
  },
  {
    note: "Of processes that nobody declared. Prometheus' memory of a day outlives a restart of the exporter, which may forget them.",
    alert: 'GenesisProcessVanished',
    severity: 'warning',
    for: '3m',
    about: 'process',
    maintenance: { of: 'genesis_node' },
    expr: `
      genesis_process:genesis_process_reported:timestamp
      unless on (ID, genesis_node, process) max by (ID, genesis_node, process) (max_over_time(genesis_process_reported[2m])) == 1
      unless on (ID, genesis_node, process) max by (ID, genesis_node, process) (genesis_process_expected) == 1
      and on (ID, genesis_node) max by (ID, genesis_node) (max_over_time(genesis_node_health_endpoint_up[2m])) == 1
    `,
    summary: 'A Genesis process was in the answers of its node in the last day and is no more.',
    description:
      '{{ $labels.process }} has disappeared from the answers of node {{ $labels.genesis_node }}, which still answers.',
  },
  {
    note: 'The three must hold at one moment: while a node goes down, it was reported a minute ago and refuses now.',
    alert: 'GenesisProcessNotListening',
    severity: 'warning',
    for: '3m',
    keepFiringFor: '2m',
    about: 'process',
    maintenance: { of: 'genesis_node' },
    expr: `
      max by (ID, genesis_node, process) (genesis_process_healthy) == 0
      and on (ID, genesis_node, process) max_over_time((
        max by (ID, genesis_node, process) (genesis_process_reported) == 1
        and on (ID, genesis_node, process)
          max by (ID, genesis_node, process) (genesis_process_unhealthy_reason{reason="connect_failed"}) == 1
        and on (ID, genesis_node, process) max by (ID, genesis_node, process) (genesis_process_status{status="DOWN"}) == 1
      )[2m:30s])
    `,
    summary: 'Genesis reports a process as running, but its port refuses connections.',
    description:
      'Genesis does not report {{ $labels.process }} on node {{ $labels.genesis_node }} as down, but connections to its port {{ with printf "max(genesis_process_port{ID_MATCHERS,genesis_node=%q,process=%q})" ID_VALUES $labels.genesis_node $labels.process | query }}{{ . | first | value }} {{ end }}are refused.',
  },
  {
    note: 'Any state that is not healthy. Where nothing at all was heard of the node for 5 minutes, GenesisNodeUnreachable speaks.',
    alert: 'GenesisProcessUnhealthy',
    severity: 'warning',
    for: '10m',
    keepFiringFor: '2m',
    about: 'process',
    maintenance: { of: 'genesis_node' },
    expr: `
      max by (ID, genesis_node, process) (genesis_process_healthy) == 0
      unless on (ID, genesis_node) max by (ID, genesis_node) (max_over_time(genesis_node_health_endpoint_up[5m])) == 0
    `,
    summary: 'A Genesis process has been in WARNING or another unhealthy state for long.',
    description: `{{ $labels.process }} on node {{ $labels.genesis_node }} has not been healthy for HELD. State now: ${presentValues('status', 'genesis_process_status', 'process', ' == 1')}; reason: ${presentValues('reason', 'genesis_process_unhealthy_reason', 'process')}.`,
  },
  {
    note: 'A restart is about three changes. The window is the hold.',
    for: '0s',
    alert: 'GenesisProcessFlapping',
    severity: 'warning',
    about: 'process',
    maintenance: { of: 'genesis_node', window: '30m' },
    limit: { value: 6, min: 1, max: 10000, unit: 'changes of state in 30 minutes' },
    expr: 'max by (ID, genesis_node, process) (increase(genesis_process_status_changes_total[30m])) >= LIMIT',
    summary: 'A Genesis process keeps changing its state.',
    description:
      '{{ $labels.process }} on node {{ $labels.genesis_node }} has changed its state {{ $value | printf "%.0f" }} times in 30 minutes.',
  },
  {
    alert: 'GenesisCertificateExpiring',
    severity: 'warning',
    for: '15m',
    about: 'process',
    limit: { value: 14, min: 0, max: 3650, unit: 'days' },
    expr: 'min by (ID, genesis_node, process) (genesis_process_tls_cert_not_after_timestamp_seconds) - time() < LIMIT * 86400',
    summary: 'The certificate of a Genesis process ends soon.',
    description:
      'The certificate of {{ $labels.process }} on node {{ $labels.genesis_node }} ends in {{ $value | humanizeDuration }}.',
  },
  {
    alert: 'GenesisCertificateExpiring',
    severity: 'critical',
    for: '15m',
    about: 'process',
    limit: { value: 3, min: 0, max: 3650, unit: 'days' },
    expr: 'min by (ID, genesis_node, process) (genesis_process_tls_cert_not_after_timestamp_seconds) - time() < LIMIT * 86400',
    summary: 'The certificate of a Genesis process ends very soon.',
    description:
      'The certificate of {{ $labels.process }} on node {{ $labels.genesis_node }} ends in {{ $value | humanizeDuration }}.',
  },
];
