import { byNode, byProcess, NODE_LABELS, ofNode, ofProcess } from './promql.ts';
import { STATE_WORDS } from './words.ts';

// Several exporters may watch one node. A node is healthy if one exporter sees it healthy, so an exporter that cannot reach the node does not hide this.

const BLIND = 'reason=~"health_unavailable|stale"';
const SEEING = 'reason!~"health_unavailable|stale"';

/** The state of each process as a number. If exporters disagree, the highest number counts, which is the worst state. */
export function stateNumber(): string {
  const terms = Object.entries(STATE_WORDS).map(
    ([state, { value }]) => `${value} * ${ofProcess('genesis_process_status', `status="${state}"`)}`,
  );
  return byProcess(terms.join(' or '));
}

/** 1 for a healthy node, 0 for any other node; no value until an exporter has probed the node. */
export function nodeHealthy(): string {
  return byNode(ofNode('genesis_node_healthy'));
}

/** 1 for each node that is not healthy. */
export function unhealthyNodes(reason = '', ...labels: readonly string[]): string {
  const given = byNode(ofNode('genesis_node_unhealthy_reason', reason), ...labels);
  return `(${given} unless on (${NODE_LABELS}) ${nodeHealthy()} == 1)`;
}

/** 1 for each process that is not healthy. */
export function unhealthyProcesses(reason = '', ...labels: readonly string[]): string {
  const given = byProcess(ofProcess('genesis_process_unhealthy_reason', reason), ...labels);
  const healthy = byProcess(ofProcess('genesis_process_healthy'));
  return `(${given} unless on (${NODE_LABELS}, process) ${healthy} == 1)`;
}

/**
 * The time since which each process is unhealthy, in seconds since the epoch: its last change of state, or the last good answer of
 * its node if no exporter has newer evidence. No value if the exporter knows no such time.
 */
export function processWrongSince(): string {
  const changed = byProcess(ofProcess('genesis_process_last_status_change_timestamp_seconds'));
  const seen = unhealthyProcesses(SEEING);
  const unseen = `(${unhealthyProcesses(BLIND)} unless ${seen})`;
  const answered = byNode(ofNode('genesis_probe_last_success_timestamp_seconds'));
  return `(${changed} and ${seen}) or (${unseen} * on (${NODE_LABELS}) group_left () ${answered})`;
}

/**
 * The time since which each node is unhealthy, in seconds since the epoch: its last good answer if the node does not answer,
 * otherwise the oldest change of state of the processes that are unhealthy now.
 */
export function nodeWrongSince(): string {
  const seen = unhealthyNodes(SEEING);
  const unseen = `(${unhealthyNodes(BLIND)} unless ${seen})`;
  const answered = byNode(ofNode('genesis_probe_last_success_timestamp_seconds'));
  return `(${answered} and ${unseen}) or (min by (${NODE_LABELS}) (${processWrongSince()}) and ${seen})`;
}
