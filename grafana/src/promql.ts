const EXPORTER = 'job=~"$job", instance=~"$instance"';
// Where a node is scraped is part of who it is: a namesake in another cluster or namespace is another node.
const NODE = `${EXPORTER}, cluster=~"$cluster", namespace=~"$namespace", genesis_node=~"$genesis_node"`;
const PROCESS = `${NODE}, process=~"$process"`;

function selector(name: string, ...matchers: readonly string[]): string {
  return `${name}{${matchers.filter((matcher) => matcher !== '').join(', ')}}`;
}

/** The series of a metric that the selected exporters have of themselves. */
export function ofExporter(name: string, more = ''): string {
  return selector(name, EXPORTER, more);
}

const BUILD_INFO = ofExporter('genesis_exporter_build_info');

/** Those series of a vector that come from the selected exporters, where every program may have series of that name. */
export function ifExporter(vector: string): string {
  return `${vector} and on (job, instance) ${BUILD_INFO}`;
}

/** Whether Prometheus can scrape each of the selected exporters that it could within the last day. */
export function exporterUp(): string {
  return `${ofExporter('up')} and on (job, instance) last_over_time(${BUILD_INFO}[1d])`;
}

/** The series of a metric that the selected nodes have. */
export function ofNode(name: string, more = ''): string {
  return selector(name, NODE, more);
}

/** The series of a metric that the selected processes have. */
export function ofProcess(name: string, more = ''): string {
  return selector(name, PROCESS, more);
}

/** The labels that tell one node from all others. */
export const NODE_LABELS = 'cluster, namespace, genesis_node';

/** Legend of a node's series. Grafana leaves out what a series has no label for. */
export const NODE_LEGEND = '{{genesis_node}} {{namespace}} {{cluster}}';

/** Legend of a process' series. */
export const PROCESS_LEGEND = '{{genesis_node}} {{process}} {{namespace}} {{cluster}}';

/** Legend of an LMDB store's series. */
export const STORE_LEGEND = '{{genesis_node}} {{process}} {{store}} {{namespace}} {{cluster}}';

/** A vector as one series a node, however many exporters watch it. */
export function byNode(vector: string, ...labels: readonly string[]): string {
  return `max by (${[NODE_LABELS, ...labels].join(', ')}) (${vector})`;
}

/** A vector as one series a process, however many exporters watch it. */
export function byProcess(vector: string, ...labels: readonly string[]): string {
  return byNode(vector, 'process', ...labels);
}

const EXPORTER_LABELS = 'cluster, namespace, job, instance';
const HEARTBEAT = ofExporter('genesis_exporter_loop_heartbeat_timestamp_seconds');

/** Seconds since a time that the selected exporters tell of themselves, by the clock of each: Prometheus' clock may be another. */
export function sinceExporterTime(name: string): string {
  return `${HEARTBEAT} - on (${EXPORTER_LABELS}) ${ofExporter(name)}`;
}

/** Seconds since a time that the exporters tell of a node, by the clock of each exporter; the freshest of a pair counts. */
export function sinceNodeTime(name: string): string {
  return `min by (${NODE_LABELS}) (${HEARTBEAT} - on (${EXPORTER_LABELS}) group_right () ${ofNode(name)})`;
}

/** What the clock of its exporter shows, for each node. */
export function nodeClock(): string {
  const none = `0 * ${ofNode('genesis_probe_interval_seconds')}`;
  return byNode(`${HEARTBEAT} + on (${EXPORTER_LABELS}) group_right () ${none}`);
}

/** Increase of a counter each minute. */
export function perMinute(counter: string): string {
  return `60 * rate(${counter}[$__rate_interval])`;
}

/** How many series a vector has; 0 only when `all` has series of which none is in the vector, else nothing. */
export function countOf(vector: string, all: string): string {
  return `count(${vector}) or 0 * count(${all})`;
}

/** The ten series with the highest values. */
export function top(vector: string): string {
  return `topk(10, ${vector})`;
}
