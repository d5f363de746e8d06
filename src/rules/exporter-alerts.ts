import type { Alert } from './rule.ts';

/** Alerts about the exporters themselves. */
export const EXPORTER_ALERTS: readonly Alert[] = [
  {
    note: 'An endpoint that answers every other time is never unreachable for long; nor is a node that only one of two exporters reaches.',
    alert: 'GenesisProbesFailing',
    severity: 'warning',
    for: '15m',
    about: 'node',
    maintenance: { of: 'genesis_node' },
    limit: { value: 0.25, min: 0, max: 1, unit: 'ratio of the probes' },
    expr: 'genesis_node:genesis_probe_failures:ratio_rate15m > LIMIT',
    summary: 'Many health probes of a Genesis node fail.',
    description:
      '{{ $value | humanizePercentage }} of the health probes of node {{ $labels.genesis_node }} failed in the last 15 minutes.',
  },
  {
    note: "By the exporter's own clock, its heartbeat, since Prometheus' clock may be another. The freshest of a pair counts. A stuck loop has no heartbeat either, so the counter is asked too; its window must be longer than three intervals.",
    alert: 'GenesisProbesStale',
    severity: 'warning',
    for: '5m',
    about: 'exporters',
    limit: { value: 3, min: 1, max: 1000, unit: 'probe intervals' },
    expr: `
      min by (ID, genesis_node) (
        (
          max by (ID, job, instance) (genesis_exporter_loop_heartbeat_timestamp_seconds)
          - on (ID, job, instance) group_right ()
            max by (ID, job, instance, genesis_node) (genesis_probe_last_run_timestamp_seconds)
        )
        / on (ID, job, instance, genesis_node)
          (LIMIT * max by (ID, job, instance, genesis_node) (genesis_probe_interval_seconds) + 15)
      ) > 1
      or (
        max by (ID, genesis_node) (increase(genesis_probes_total[15m])) == 0
        and on (ID, genesis_node)
          max by (ID, genesis_node) (genesis_probe_interval_seconds) <= 300
      )
      or max by (ID, genesis_node) (genesis_probes_total) == 0
    `,
    summary: 'No health probe of a Genesis node finishes any more.',
    description:
      'No health probe of node {{ $labels.genesis_node }} has finished for more than LIMIT of its intervals, or none ever did.',
  },
  {
    note: 'That it stands still, not its age: an exporter whose clock is wrong is not stuck.',
    alert: 'GenesisExporterLoopStuck',
    severity: 'warning',
    for: '2m',
    about: 'exporter',
    expr: 'max by (ID, job, instance) (changes(genesis_exporter_loop_heartbeat_timestamp_seconds[3m])) == 0',
    summary: 'The scrape loop of a genesis-exporter is stuck.',
    description:
      'The scrape loop of {{ $labels.instance }} has not beaten for minutes: at least one of its nodes is not probed.',
  },
  {
    note: 'A warning: whether anything is unmonitored because of it, GenesisNodeUnmonitored says.',
    alert: 'GenesisExporterDown',
    severity: 'warning',
    for: '5m',
    about: 'exporter',
    expr: 'max by (ID, job, instance) (up{job="genesis-exporter"}) == 0',
    summary: 'A genesis-exporter cannot be scraped.',
    description: 'Prometheus has not been able to scrape {{ $labels.instance }} for HELD.',
  },
  {
    alert: 'GenesisExporterAbsent',
    severity: 'critical',
    for: '5m',
    about: 'exporters',
    expr: 'absent(genesis_exporter_build_info)',
    summary: 'There is no genesis-exporter at all.',
    description: 'For HELD Prometheus has not seen a single genesis-exporter: no Genesis node is monitored.',
  },
  {
    alert: 'GenesisExporterReloadFailed',
    severity: 'warning',
    for: '5m',
    about: 'exporter',
    expr: 'max by (ID, job, instance) (genesis_exporter_config_last_reload_successful) == 0',
    summary: 'A genesis-exporter has refused its new configuration.',
    description: '{{ $labels.instance }} has refused its new configuration and goes on with the old one.',
  },
  {
    alert: 'GenesisExporterDiscoveryFailing',
    severity: 'warning',
    for: '15m',
    about: 'exporter',
    expr: 'max by (ID, job, instance, source) (genesis_exporter_discovery_last_refresh_successful) == 0',
    summary: 'A genesis-exporter cannot read one of its sources of nodes.',
    description:
      '{{ $labels.instance }} has not been able to read its source {{ $labels.source }} for HELD and goes on with its last good list of nodes.',
  },
  {
    alert: 'GenesisExporterStorageFailing',
    severity: 'warning',
    for: '10m',
    about: 'exporter',
    expr: 'max by (ID, job, instance) (genesis_exporter_storage_last_write_successful) == 0',
    summary: 'A genesis-exporter cannot write its database.',
    description:
      '{{ $labels.instance }} has not been able to write its database for HELD. Monitoring goes on, and a restart loses what it learns now.',
  },
];
