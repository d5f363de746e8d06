const EXPORTER = 'job=~"$job", instance=~"$instance"';
// Two nodes of the same name in different clusters or namespaces are different nodes.
const NODE = `${EXPORTER}, cluster=~"$cluster", namespace=~"$namespace", genesis_node=~"$genesis_node"`;
const PROCESS = `${NODE}, process=~"$process"`;

function selector(name: string, ...matchers: readonly string[]): string {
  return `${name}{${matchers.filter((matcher) => matcher !== '').join(', ')}}`;
}

/** The series of a metric about the selected exporters themselves. */
export function ofExporter(name: string, more = ''): string {
  return selector(name, EXPORTER, more);
}

const BUILD_INFO = ofExporter('genesis_exporter_build_info');

/** The series of a vector that come from the selected exporters. For metrics that other programs have too. */
export function ifExporter(vector: string): string {
  return `${vector} and on (job, instance) ${BUILD_INFO}`;
}

/** Whether Prometheus can scrape each selected exporter. Contains every exporter that it could scrape within the last day. */
export function exporterUp(): string {
  return `${ofExporter('up')} and on (job, instance) last_over_time(${BUILD_INFO}[1d])`;
}

/** The series of a metric for the selected nodes. */
export function ofNode(name: string, more = ''): string {
  return selector(name, NODE, more);
}

/** The series of a metric for the selected processes. */
export function ofProcess(name: string, more = ''): string {
  return selector(name, PROCESS, more);
}

/** The labels that identify a node. */
export const NODE_LABELS = 'cluster, namespace, genesis_node';

/** Legend of a node's series. Grafana omits a label that the series does not have. */
export const NODE_LEGEND = '{{genesis_node}} {{namespace}} {{cluster}}';

/** Legend of a process' series. */
export const PROCESS_LEGEND = '{{genesis_node}} {{process}} {{namespace}} {{cluster}}';

/** Legend of an LMDB store's series. */
export const STORE_LEGEND = '{{genesis_node}} {{process}} {{store}} {{namespace}} {{cluster}}';

/** A vector with one series per node, even if several exporters watch the node. */
export function byNode(vector: string, ...labels: readonly string[]): string {
  return `max by (${[NODE_LABELS, ...labels].join(', ')}) (${vector})`;
}

/** A vector with one series per process, even if several exporters watch it. */
export function byProcess(vector: string, ...labels: readonly string[]): string {
  return byNode(vector, 'process', ...labels);
}

const EXPORTER_LABELS = 'cluster, namespace, job, instance';
const HEARTBEAT = ofExporter('genesis_exporter_loop_heartbeat_timestamp_seconds');

/** Seconds since a time in a metric of the selected exporters, by the exporter's own clock, because Prometheus' clock may differ. */
export function sinceExporterTime(name: string): string {
  return `${HEARTBEAT} - on (${EXPORTER_LABELS}) ${ofExporter(name)}`;
}

/** Seconds since a time in a metric of a node, by the exporter's own clock. With several exporters, the lowest value counts. */
export function sinceNodeTime(name: string): string {
  return `min by (${NODE_LABELS}) (${HEARTBEAT} - on (${EXPORTER_LABELS}) group_right () ${ofNode(name)})`;
}

/** For each node, the time on the clock of its exporter. */
export function nodeClock(): string {
  const none = `0 * ${ofNode('genesis_probe_interval_seconds')}`;
  return byNode(`${HEARTBEAT} + on (${EXPORTER_LABELS}) group_right () ${none}`);
}

/** Increase of a counter per minute. */
export function perMinute(counter: string): string {
  return `60 * rate(${counter}[$__rate_interval])`;
}

/** The number of series in a vector. 0 if the vector is empty and `all` is not; no result if both are empty. */
export function countOf(vector: string, all: string): string {
  return `count(${vector}) or 0 * count(${all})`;
}

/** The ten series with the highest values. */
export function top(vector: string): string {
  return `topk(10, ${vector})`;
}
