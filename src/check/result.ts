import type { NodeReason } from '../domain/node-health.ts';
import type { NodeView } from '../domain/view.ts';

/** One node right after its probe. */
export interface CheckedNode {
  readonly view: NodeView;
  /** Without the query, which may contain a secret. */
  readonly healthUrl: string;
  readonly durationMs: number;
  /** Whether the Genesis home could be read; undefined for a node without one. */
  readonly isHomeRead: boolean | undefined;
}

/** The result of one check. */
export interface CheckResult {
  /** In configuration order. */
  readonly nodes: readonly CheckedNode[];
  /** Discovery sources that could not be read completely. The check may have missed their nodes. */
  readonly unreadSources: readonly string[];
  /** Where the runbooks are; the name of a page is put behind it. */
  readonly runbooks: string;
}

/** The verdict of a check. `no_answer` includes an answer that the exporter did not understand. */
export type CheckVerdict = 'healthy' | 'unhealthy' | 'no_answer';

/** Exit codes of the outputs `table` and `json`. */
export const EXIT_CODES = { healthy: 0, unhealthy: 1, no_answer: 3 } as const;

/** The verdict on a node, derived from the reason of its unhealthiness. */
export function nodeVerdict(reason: NodeReason | undefined): CheckVerdict {
  switch (reason) {
    case undefined:
      return 'healthy';
    case 'pending':
    case 'health_unavailable':
    case 'stale':
      return 'no_answer';
    case 'genesis_503':
    case 'rejected_rows':
    case 'no_processes':
    case 'process_unhealthy':
      return 'unhealthy';
    default:
      return reason satisfies never;
  }
}

/** The verdict on all nodes: a known problem beats an unknown state, and both beat a healthy one. */
export function checkVerdict({ nodes, unreadSources }: CheckResult): CheckVerdict {
  const verdicts = new Set(nodes.map(({ view }) => nodeVerdict(view.reason)));
  if (verdicts.has('unhealthy')) return 'unhealthy';
  if (verdicts.has('no_answer') || unreadSources.length > 0) return 'no_answer';
  return nodes.length === 0 ? 'unhealthy' : 'healthy';
}
