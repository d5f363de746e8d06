import { CLUSTER_ALERTS } from './cluster-alerts.ts';
import { EXPORTER_ALERTS } from './exporter-alerts.ts';
import { LMDB_ALERTS } from './lmdb-alerts.ts';
import { NODE_ALERTS } from './node-alerts.ts';
import { PROCESS_ALERTS } from './process-alerts.ts';
import { AVAILABILITY_RULES, RECORDING_RULES } from './recording-rules.ts';
import type { Alert, Group } from './rule.ts';

/** All rules, in the order in which Prometheus reads them. */
export const GROUPS: readonly Group[] = [
  { name: 'genesis-exporter.recording', rules: RECORDING_RULES },
  {
    name: 'genesis-exporter.availability',
    interval: '5m',
    note: 'A group of its own: 30 days of one sample every 5 minutes are cheap, of one every 15 seconds they are not.',
    rules: AVAILABILITY_RULES,
  },
  { name: 'genesis-exporter.processes', rules: PROCESS_ALERTS },
  { name: 'genesis-exporter.lmdb', rules: LMDB_ALERTS },
  { name: 'genesis-exporter.nodes', rules: NODE_ALERTS },
  { name: 'genesis-exporter.clusters', rules: CLUSTER_ALERTS },
  { name: 'genesis-exporter.exporter', rules: EXPORTER_ALERTS },
];

/** All alerts, in the order of the groups. An alert with two severities appears twice. */
export const ALERTS: readonly Alert[] = GROUPS.flatMap(({ rules }) =>
  rules.flatMap((rule) => ('alert' in rule ? [rule] : [])),
);
