import { describe, expect, it } from 'vitest';
import type { HealthStanding } from '../../src/domain/evidence.ts';
import { judgeNode, NODE_REASONS, type NodeHealthInput, type NodeReason } from '../../src/domain/node-health.ts';

const FINE = { reason: undefined, acceptable: true };
const TOLERATED = { reason: 'reported', acceptable: true } as const;
const DOWN = { reason: 'connect_failed', acceptable: false } as const;
const PENDING = { reason: 'pending', acceptable: false } as const;
const STALE = { reason: 'stale', acceptable: false } as const;

const PROCESS_LISTS: readonly NodeHealthInput['processes'][] = [
  [],
  [FINE],
  [TOLERATED],
  [FINE, TOLERATED],
  [FINE, DOWN],
  [DOWN, PENDING],
  [FINE, STALE],
  [STALE, PENDING],
  [STALE, DOWN],
];
const STANDINGS: readonly HealthStanding[] = ['good', 'failed', 'stale', 'none', 'off'];

/** The contract's reasons from first to last; with health off a process that waits or went stale stands for the node. */
const HOLDS: Readonly<Record<NodeReason, (input: NodeHealthInput) => boolean>> = {
  pending: ({ health, processes }) => health === 'none' || (health === 'off' && processes.includes(PENDING)),
  health_unavailable: ({ health }) => health === 'failed',
  stale: ({ health, processes }) => health === 'stale' || (health === 'off' && processes.includes(STALE)),
  genesis_503: ({ health, statusCode }) => health === 'good' && statusCode === 503,
  rejected_rows: ({ health, rejectedRows }) => health === 'good' && rejectedRows > 0,
  no_processes: ({ processes }) => processes.length === 0,
  process_unhealthy: ({ processes }) => processes.some(({ acceptable }) => !acceptable),
};

function everyInput(): readonly NodeHealthInput[] {
  return STANDINGS.flatMap((health) =>
    PROCESS_LISTS.flatMap((processes) =>
      [0, 1, 7].flatMap((rejectedRows) => {
        const codes = health === 'good' ? [200, 503] : [200, 503, undefined];
        return codes.map((statusCode) => ({ health, statusCode, rejectedRows, processes }));
      }),
    ),
  );
}

function firstReason(input: NodeHealthInput): NodeReason | undefined {
  return NODE_REASONS.find((reason) => HOLDS[reason](input));
}

describe('judgeNode', () => {
  it('lists the reasons in the order of the contract', () => {
    expect(NODE_REASONS).toEqual(Object.keys(HOLDS));
  });

  for (const reason of [...NODE_REASONS, undefined]) {
    it(`gives ${reason ?? 'no reason'} exactly when it is the first that holds`, () => {
      const inputs = everyInput().filter((input) => firstReason(input) === reason);
      expect(inputs.length).toBeGreaterThan(0);
      for (const input of inputs) expect(judgeNode(input), JSON.stringify(input)).toBe(reason);
    });
  }

  it('finds a node healthy only on a 200, or without a health endpoint, and with every process in order', () => {
    for (const input of everyInput()) {
      const { health, statusCode, rejectedRows, processes } = input;
      const isAnswered = health === 'off' || (health === 'good' && statusCode === 200 && rejectedRows === 0);
      const isHealthy = isAnswered && processes.length > 0 && processes.every(({ acceptable }) => acceptable);
      expect(judgeNode(input) === undefined, JSON.stringify(input)).toBe(isHealthy);
    }
  });
});
