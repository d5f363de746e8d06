import type { ConnectResult } from './evidence.ts';
import type { Hint } from './hint.ts';
import type { NodeSnapshot } from './snapshot.ts';

/** What is wrong with the latest health answer of a node, for people. */
export interface NodeProblem {
  readonly detail: string;
  /** What it looks like; undefined where nothing is known of that. */
  readonly hint: Hint | undefined;
}

/** The connects of a node's processes, as far as they count as evidence. */
type Connects = readonly { readonly connect: Pick<ConnectResult, 'host' | 'outcome'> | undefined }[];

/** The problem of the latest health probe; a refused connection while processes accept is the daemon's, not Genesis'. */
export function nodeProblem({ node, health }: NodeSnapshot, processes: Connects): NodeProblem | undefined {
  if (health?.kind === 'good') {
    const { rejection } = health.report;
    return rejection && { detail: rejection.text, hint: rejection.hint };
  }
  if (health === undefined) return undefined;
  const { reason, detail, hint } = health;
  if (reason !== 'refused') return { detail, hint };
  const accepting = processes.filter(
    ({ connect }) => connect?.outcome === 'ok' && connect.host === node.address,
  ).length;
  if (accepting === 0) return { detail, hint };
  return {
    detail: `${detail}; the ports of ${accepting} of its processes accept connections: the daemon is down, not Genesis`,
    hint: 'daemon-down',
  };
}
