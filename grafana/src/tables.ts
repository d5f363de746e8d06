import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import {
  type DashboardLink,
  type DataTransformerConfig,
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import * as table from '@grafana/grafana-foundation-sdk/table';
import type { Builder } from './links.ts';
import { dress, type PanelSpec, refId, targetsOf } from './panel.ts';
import { mapping, type Word } from './words.ts';

/** A column of a table: a label, or the value of a query. */
export interface Column {
  readonly title: string;
  /** The label's name, or the query's number from 0. */
  readonly from: string | number;
  readonly unit?: string;
  readonly words?: readonly Word[];
  readonly link?: Builder<DashboardLink>;
}

/** Columns for cluster and namespace of a node. A table shows them only if rows have the labels. The links of rows read them. */
export const PLACE_COLUMNS: readonly Column[] = [
  { title: 'Namespace', from: 'namespace' },
  { title: 'Cluster', from: 'cluster' },
];

/** The specification of a table. */
export interface TableSpec extends PanelSpec {
  /** The columns in order. Other labels and values are hidden. */
  readonly columns: readonly Column[];
  /** Title of the sort column, and whether the highest value is first. */
  readonly sortBy: string;
  readonly descending: boolean;
}

const COLOURED_CELL: DynamicConfigValue = {
  id: 'custom.cellOptions',
  value: { type: 'color-background', mode: 'basic' },
};

function columnProperties({ unit, words, link }: Column): DynamicConfigValue[] {
  return [
    ...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
    ...(words === undefined ? [] : [{ id: 'mappings', value: [mapping(words)] }, COLOURED_CELL]),
    ...(link === undefined ? [] : [{ id: 'links', value: [link.build()] }]),
  ];
}

/** Transformations that merge the results of the queries into one table: one row per set of labels, with columns named and in order. */
function arrange(columns: readonly Column[], queries: number): DataTransformerConfig[] {
  const fieldOf = ({ from }: Column) => {
    if (typeof from === 'string') return from;
    return queries === 1 ? 'Value' : `Value #${refId(from)}`;
  };
  const fields = columns.map(fieldOf);
  const indexByName = Object.fromEntries(fields.map((field, index) => [field, index]));
  const renameByName = Object.fromEntries(columns.map((column) => [fieldOf(column), column.title]));
  return [
    { id: 'merge', options: {} },
    { id: 'filterFieldsByName', options: { include: { names: fields } } },
    { id: 'organize', options: { excludeByName: {}, indexByName, renameByName } },
  ];
}

function tableOf(spec: PanelSpec): table.PanelBuilder {
  const targets = targetsOf(spec.queries).map((target) => target.instant().format(PromQueryFormat.Table));
  return dress(new table.PanelBuilder(), spec, targets)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .filterable(true);
}

/** A table with one row per set of labels in the results of the queries. */
export function tablePanel(spec: TableSpec): table.PanelBuilder {
  const { columns, sortBy, descending } = spec;
  const panel = tableOf(spec)
    .transformations(arrange(columns, spec.queries.length))
    .sortBy([new TableSortByFieldStateBuilder().displayName(sortBy).desc(descending)]);
  for (const column of columns) {
    const properties = columnProperties(column);
    if (properties.length > 0) panel.overrideByName(column.title, properties);
  }
  return panel;
}

/** A table with all labels of one query's result, except the labels of the exporter. */
export function labelsPanel(spec: PanelSpec): table.PanelBuilder {
  const excludeByName = { Time: true, Value: true, job: true, instance: true };
  const renameByName = { genesis_node: 'Node', genesis_cluster: 'Genesis cluster' };
  return tableOf(spec).transformations([{ id: 'organize', options: { excludeByName, indexByName: {}, renameByName } }]);
}

/** A map of one query's result: one row per value of label `row`, one column per value of label `column`, words in the cells. */
export function mapPanel(
  spec: PanelSpec,
  { row, column, rowLink }: { row: string; column: string; rowLink: Builder<DashboardLink> },
): table.PanelBuilder {
  const options = { rowField: row, columnField: column, valueField: 'Value', emptyValue: 'null' };
  // Grafana's name for the first column of a matrix.
  const corner = `${row}\\${column}`;
  const byColumn = { id: 'sortBy', options: { sort: [{ field: column }] } };
  const panel = tableOf(spec).transformations([byColumn, { id: 'groupingToMatrix', options }]);
  panel.sortBy([new TableSortByFieldStateBuilder().displayName('Node').desc(false)]);
  return panel.overrideByFieldType('number', [COLOURED_CELL]).overrideByName(corner, [
    { id: 'links', value: [rowLink.build()] },
    { id: 'displayName', value: 'Node' },
  ]);
}
