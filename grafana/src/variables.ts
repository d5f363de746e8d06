import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from './links.ts';

/** The data source of every query. */
export const DATASOURCE = { type: 'prometheus', uid: '$datasource' } as const;

function query(name: string, label: string, series: string, allValue = '.+'): Builder<VariableModel> {
  const text = `label_values(${series}, ${name})`;
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATASOURCE)
    .query(text)
    .definition(text)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(allValue)
    .current({ text: ['All'], value: ['$__all'] });
}

/** Variables of a dashboard about exporters. */
export function exporterVariables(): readonly Builder<VariableModel>[] {
  return [
    new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    query('job', 'Job', 'genesis_exporter_build_info'),
    query('instance', 'Instance', 'genesis_exporter_build_info{job=~"$job"}'),
  ];
}

/** Variables of a dashboard about nodes and processes. */
export function nodeVariables(): readonly Builder<VariableModel>[] {
  const exporter = 'job=~"$job", instance=~"$instance"';
  const place = `${exporter}, cluster=~"$cluster", namespace=~"$namespace"`;
  // Only Kubernetes set-ups attach these labels: all of them includes none.
  const ANY_OR_NONE = '.*';
  return [
    ...exporterVariables(),
    query('cluster', 'Cluster', `genesis_node_info{${exporter}}`, ANY_OR_NONE),
    query('namespace', 'Namespace', `genesis_node_info{${exporter}, cluster=~"$cluster"}`, ANY_OR_NONE),
    query('genesis_node', 'Genesis node', `genesis_node_info{${place}}`),
    query('process', 'Process', `genesis_process_status{${place}, genesis_node=~"$genesis_node"}`),
  ];
}
