import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from './links.ts';

/** The data source that every query goes to. */
export const DATASOURCE = { type: 'prometheus', uid: '$datasource' } as const;

function query(name: string, label: string, series: string): Builder<VariableModel> {
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
    .allValue('.+')
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
  const node = 'genesis_node_info{job=~"$job", instance=~"$instance"}';
  const process = 'genesis_process_status{job=~"$job", instance=~"$instance", genesis_node=~"$genesis_node"}';
  return [...exporterVariables(), query('genesis_node', 'Genesis node', node), query('process', 'Process', process)];
}
