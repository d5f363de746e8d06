import type { HealthStanding } from './evidence.ts';
import type { ProcessReason } from './verdict.ts';

/** Why a node is not healthy; the first that holds is the one given. */
export const NODE_REASONS = [
  'pending',
  'health_unavailable',
  'stale',
  'genesis_503',
  'rejected_rows',
  'no_processes',
  'process_unhealthy',
] as const;

/** One reason of a node. */
export type NodeReason = (typeof NODE_REASONS)[number];

/** All that the verdict on a node may look at. */
export interface NodeHealthInput {
  readonly health: HealthStanding;
  /** Genesis' own code in its last good answer. */
  readonly statusCode: number | undefined;
  readonly rejectedRows: number;
  readonly processes: readonly { readonly reason: ProcessReason | undefined; readonly acceptable: boolean }[];
}

/** Why the node is not healthy; undefined when it is. */
export function judgeNode({ health, statusCode, rejectedRows, processes }: NodeHealthInput): NodeReason | undefined {
  if (health === 'none' || (health === 'off' && processes.some(({ reason }) => reason === 'pending'))) return 'pending';
  if (health === 'failed') return 'health_unavailable';
  if (health === 'stale' || (health === 'off' && processes.some(({ reason }) => reason === 'stale'))) return 'stale';
  if (health === 'good' && statusCode !== 200) return 'genesis_503';
  if (health === 'good' && rejectedRows > 0) return 'rejected_rows';
  if (processes.length === 0) return 'no_processes';
  return processes.every(({ acceptable }) => acceptable) ? undefined : 'process_unhealthy';
}
