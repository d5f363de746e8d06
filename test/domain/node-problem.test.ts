import { expect, it } from 'vitest';
import { nodeProblem } from '../../src/domain/node-problem.ts';
import { emptySnapshot } from '../../src/domain/snapshot.ts';
import { aNode, good } from './builders.ts';

const NODE = aNode({ address: '10.0.0.5' });
const TIMING = { startedMs: 0, finishedAtMs: 0, durationMs: 1 };

function problemOf(
  reason: 'refused' | 'timeout',
  ...outcomes: readonly (readonly [host: string, outcome: 'ok' | 'refused'])[]
) {
  const health = {
    kind: 'failed',
    reason,
    detail: 'why',
    hint: 'connection-refused',
    statusCode: undefined,
    timing: TIMING,
  } as const;
  const processes = outcomes.map(([host, outcome]) => ({ connect: { host, outcome } }));
  return nodeProblem({ ...emptySnapshot(NODE), health }, [...processes, { connect: undefined }]);
}

it('is none before the first probe, and after a good one', () => {
  expect(nodeProblem(emptySnapshot(NODE), [])).toBeUndefined();
  expect(nodeProblem({ ...emptySnapshot(NODE), health: good(1) }, [])).toBeUndefined();
});

it('says why rows have no usable name', () => {
  const rejection = { text: 'a row has no keys', hint: 'other-keys' } as const;
  const report = { processes: [], rejectedRows: 1, rejection };
  const health = { kind: 'good', statusCode: 200, report, timing: TIMING } as const;
  expect(nodeProblem({ ...emptySnapshot(NODE), health }, [])).toEqual({
    detail: 'a row has no keys',
    hint: 'other-keys',
  });
});

it('says of a refused health port that processes of the same machine accept', () => {
  expect(problemOf('refused', ['10.0.0.5', 'refused'], ['10.0.0.6', 'ok'])).toEqual({
    detail: 'why',
    hint: 'connection-refused',
  });
  expect(problemOf('refused', ['10.0.0.5', 'ok'], ['10.0.0.5', 'ok'])).toEqual({
    detail: 'why; the ports of 2 of its processes accept connections: the daemon is down, not Genesis',
    hint: 'daemon-down',
  });
  expect(problemOf('timeout', ['10.0.0.5', 'ok'])).toEqual({ detail: 'why', hint: 'connection-refused' });
});
