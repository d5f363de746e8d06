import type { NodeReason } from '../domain/node-health.ts';
import type { NodeView } from '../domain/view.ts';

/** One node that was probed, as it stood right after. */
export interface CheckedNode {
  readonly view: NodeView;
  /** Without its query, which may hold a secret. */
  readonly healthUrl: string;
  readonly durationMs: number;
  /** Whether its Genesis home could be read; undefined without one. */
  readonly isHomeRead: boolean | undefined;
}

/** What one check found. */
export interface CheckResult {
  /** In the order of the configuration. */
  readonly nodes: readonly CheckedNode[];
  /** Discovery sources that could not be read, at least not in full: there may be nodes that nobody has looked at. */
  readonly unreadSources: readonly string[];
}

/** What a check comes to; no answer includes one that was not understood. */
export type CheckVerdict = 'healthy' | 'unhealthy' | 'no_answer';

/** Exit codes of a check, but for Nagios' output. */
export const EXIT_CODES = { healthy: 0, unhealthy: 1, no_answer: 3 } as const;

/** The verdict on a node, by the reason that it is not healthy. */
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

/** The verdict on all: what is known to be wrong beats what is not known, and either beats what is well. */
export function checkVerdict({ nodes, unreadSources }: CheckResult): CheckVerdict {
  const verdicts = new Set(nodes.map(({ view }) => nodeVerdict(view.reason)));
  if (verdicts.has('unhealthy')) return 'unhealthy';
  if (verdicts.has('no_answer') || unreadSources.length > 0) return 'no_answer';
  return nodes.length === 0 ? 'unhealthy' : 'healthy';
}
