import { describe, expect, it } from 'vitest';
import { recordUpdate } from '../../src/domain/record.ts';
import { emptySnapshot } from '../../src/domain/snapshot.ts';
import { connectTargets, viewNode } from '../../src/domain/view.ts';
import { aNode, aReport, declare, good } from './builders.ts';

const DECLARED = declare(
  { name: 'SECURE', host: 'secure.example', port: 9017, tls: true },
  { name: 'MOVED', port: 1 },
  { name: 'PORTLESS', port: undefined },
  { name: 'LATE', port: 9018 },
  { name: 'OFF', port: 9019, expected: false },
  { name: 'ELSEWHERE', port: 4, expected: false, external: true },
);
const ANSWER = good(
  0,
  aReport('SECURE', { port: 9017 }),
  aReport('MOVED', { port: 2 }),
  aReport('STRANGER', { port: 3 }),
  aReport('ELSEWHERE', { port: 4 }),
);

function targets(connectProcesses: 'declared' | 'all' | 'none') {
  const start = emptySnapshot(aNode({ connectProcesses, declared: DECLARED }));
  const { snapshot } = recordUpdate(start, { health: ANSWER }, { monotonicMs: 0, wallMs: 0 });
  return connectTargets(viewNode(snapshot, 0));
}

const SECURE = { process: 'SECURE', host: 'secure.example', port: 9017, tls: true };
const MOVED = { process: 'MOVED', host: '10.0.0.5', port: 2, tls: false };
const STRANGER = { process: 'STRANGER', host: '10.0.0.5', port: 3, tls: false };
const LATE = { process: 'LATE', host: '10.0.0.5', port: 9018, tls: false };

describe('connectTargets', () => {
  it.each([
    ['nothing', 'none', []],
    ['the declared, at the reported port', 'declared', [SECURE, MOVED, LATE]],
    ["every known one, strangers at the node's address", 'all', [SECURE, MOVED, STRANGER, LATE]],
  ] as const)('names %s for connect.processes %s', (_, choice, named) => {
    expect(targets(choice)).toEqual(named);
  });

  it('names what is declared before any answer', () => {
    const view = viewNode(emptySnapshot(aNode({ declared: DECLARED })), 0);
    expect(connectTargets(view).map(({ process, port }) => `${process} ${port}`)).toEqual([
      'SECURE 9017',
      'MOVED 1',
      'LATE 9018',
    ]);
  });
});
