import { type DashboardLink, DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';

/** A builder of the Grafana SDK. */
export interface Builder<T> {
  build(): T;
}

/** UIDs of the dashboards, for links and provisioning. They never change, so that bookmarks stay valid. */
export const UIDS = { fleet: 'genesis-fleet', node: 'genesis-node', exporter: 'genesis-exporter' } as const;

/** The tag of all these dashboards. No other dashboard has it. */
export const TAG = 'genesis-exporter';

const EXPORTERS = ['datasource', 'job', 'instance'];
const PLACE = ['cluster', 'namespace'];

/**
 * Removes the `placement` that the SDK sets. It would put the link into a menu, and the SDK has no value for another place.
 */
function shown(link: DashboardLinkBuilder): Builder<DashboardLink> {
  const { placement: _, ...rest } = link.build();
  return { build: () => rest };
}

function linkToNode(
  title: string,
  kept: readonly string[],
  variables: Readonly<Record<string, string>>,
): Builder<DashboardLink> {
  const same = kept.map((name) => `\${${name}:queryparam}`);
  const chosen = Object.entries(variables).map(([name, value]) => `var-${name}=\${${value}:percentencode}`);
  const url = `/d/${UIDS.node}?${[...same, ...chosen].join('&')}&\${__url_time_range}`;
  return shown(new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url));
}

/**
 * A link with these labels of one series or row, and with its cluster and namespace. Grafana inserts an empty text for a
 * missing label. The queries of the node's dashboard match the empty text with series that lack the label.
 */
function linkFrom(title: string, source: string, labels: readonly string[]): Builder<DashboardLink> {
  const variables = [...PLACE, ...labels].map((label) => [label, `${source}.${label}`]);
  return linkToNode(title, EXPORTERS, Object.fromEntries(variables));
}

const SERIES = '__field.labels';
const ROW = '__data.fields';

/** From a series to its node. */
export const SERIES_TO_NODE = linkFrom('Show the node', SERIES, ['genesis_node']);

/** From a series to its process. */
export const SERIES_TO_PROCESS = linkFrom('Show the process', SERIES, ['genesis_node', 'process']);

/** From a row of a table to its node. */
export const ROW_TO_NODE = linkFrom('Show the node', ROW, ['genesis_node']);

/** From a row of a table to its process. */
export const ROW_TO_PROCESS = linkFrom('Show the process', ROW, ['genesis_node', 'process']);

/** From a cell of the map to its process. A row of the map stands for all nodes of this name, so cluster and namespace stay as selected. */
export const CELL_TO_PROCESS = linkToNode('Show the process', [...EXPORTERS, ...PLACE], {
  genesis_node: '__data.fields[0]',
  process: '__field.name',
});

/** From the first cell of a row of the map to its node. */
export const CELL_TO_NODE = linkToNode('Show the node', [...EXPORTERS, ...PLACE], { genesis_node: '__data.fields[0]' });

/** From each dashboard to all of them, with time range and variables. */
export function siblings(): Builder<DashboardLink> {
  const link = new DashboardLinkBuilder('Genesis').type(DashboardLinkType.Dashboards).tags([TAG]);
  return shown(link.keepTime(true).includeVars(true));
}
