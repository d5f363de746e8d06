import { type DashboardLink, DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';

/** A builder of the Grafana SDK. */
export interface Builder<T> {
  build(): T;
}

/** Where dashboards are, for links and provisioning; they never change, so that bookmarks stay good. */
export const UIDS = { fleet: 'genesis-fleet', node: 'genesis-node', exporter: 'genesis-exporter' } as const;

/** The tag that all of the dashboards carry, and no others. */
export const TAG = 'genesis-exporter';

const KEPT = ['datasource', 'job', 'instance', 'cluster', 'namespace']
  .map((name) => `\${${name}:queryparam}`)
  .join('&');

/**
 * A link as Grafana shows it: the SDK would put it into a menu unless told otherwise, and has no word for that.
 */
function shown(link: DashboardLinkBuilder): Builder<DashboardLink> {
  const { placement: _, ...rest } = link.build();
  return { build: () => rest };
}

function linkToNode(title: string, variables: Readonly<Record<string, string>>): Builder<DashboardLink> {
  const chosen = Object.entries(variables).map(([name, value]) => `var-${name}=\${${value}:percentencode}`);
  const url = `/d/${UIDS.node}?${[KEPT, ...chosen].join('&')}&\${__url_time_range}`;
  return shown(new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url));
}

/** From a series to its node. */
export const SERIES_TO_NODE = linkToNode('Show the node', { genesis_node: '__field.labels.genesis_node' });

/** From a series to its process alone. */
export const SERIES_TO_PROCESS = linkToNode('Show the process', {
  genesis_node: '__field.labels.genesis_node',
  process: '__field.labels.process',
});

/** From a row of a table to its node. */
export const ROW_TO_NODE = linkToNode('Show the node', { genesis_node: '__data.fields.genesis_node' });

/** From a row of a table to its process alone. */
export const ROW_TO_PROCESS = linkToNode('Show the process', {
  genesis_node: '__data.fields.genesis_node',
  process: '__data.fields.process',
});

/** From a cell of the map, a row for each node and a column for each process, to that process alone. */
export const CELL_TO_PROCESS = linkToNode('Show the process', {
  genesis_node: '__data.fields[0]',
  process: '__field.name',
});

/** From the first cell of a row of the map to its node. */
export const CELL_TO_NODE = linkToNode('Show the node', { genesis_node: '__data.fields[0]' });

/** From each dashboard to all of them, with time range and variables. */
export function siblings(): Builder<DashboardLink> {
  const link = new DashboardLinkBuilder('Genesis').type(DashboardLinkType.Dashboards).tags([TAG]);
  return shown(link.keepTime(true).includeVars(true));
}
