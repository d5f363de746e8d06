import { describe, expect, it } from 'vitest';
import type { HealthResult } from '../../src/domain/evidence.ts';
import type { GenesisNode } from '../../src/domain/node.ts';
import { recordUpdate } from '../../src/domain/record.ts';
import { emptySnapshot, type NodeSnapshot } from '../../src/domain/snapshot.ts';
import { type NodeView, viewNode } from '../../src/domain/view.ts';
import { aNode, aReport, connected, declare, failed, good, good503 } from './builders.ts';

function snapshotOf(node: GenesisNode, ...results: readonly HealthResult[]): NodeSnapshot {
  return results.reduce((snapshot, health) => {
    const at = { monotonicMs: health.timing.startedMs, wallMs: health.timing.finishedAtMs };
    return recordUpdate(snapshot, { health }, at).snapshot;
  }, emptySnapshot(node));
}

function view(node: GenesisNode, ...results: readonly HealthResult[]): NodeView {
  return viewNode(snapshotOf(node, ...results), results.at(-1)?.timing.startedMs ?? 0);
}

function statuses({ processes }: NodeView): readonly string[] {
  return processes.map(({ name, status, reason }) => `${name} ${status} ${reason ?? 'fine'}`);
}

const warning = aReport('A', { status: 'warning', state: 'WARNING' });
const error = aReport('A', { status: 'ERROR', state: 'ERROR' });

describe('viewNode', () => {
  it('shows the expected as pending, and the node too, before the first probe', () => {
    const pending = view(aNode({ declared: declare({ name: 'A' }, { name: 'B', expected: false }) }));
    expect(statuses(pending)).toEqual(['A UNKNOWN pending']);
    expect(pending).toMatchObject({ health: 'none', reason: 'pending', validUntilMs: Number.POSITIVE_INFINITY });
  });

  it('shows the rows in the order reported, then those that dropped out, then the expected in declared order', () => {
    const node = aNode({ declared: declare({ name: 'Z' }, { name: 'A' }, { name: 'Y' }) });
    const shown = view(node, good(0, aReport('C'), aReport('A')), good(1, aReport('B'), aReport('A')));
    expect(shown.processes.map(({ name }) => name)).toEqual(['B', 'A', 'C', 'Z', 'Y']);
  });

  it('shows a process that is not expected only while it is reported or remembered', () => {
    const node = aNode({ declared: declare({ name: 'A', expected: false }), forgetAfterMs: 10 });
    expect(statuses(view(node, good(0)))).toEqual([]);
    expect(statuses(view(node, good(0, aReport('A'))))).toEqual(['A UP fine']);
    expect(statuses(view(node, good(0, aReport('A')), good(9)))).toEqual(['A DOWN not_reported']);
    expect(statuses(view(node, good(0, aReport('A')), good(10)))).toEqual([]);
  });

  it('empties nothing on a failed probe, and shows no figure of an earlier answer', () => {
    const lmdb = [{ usedRatio: 0.01, totalBytes: 2 ** 31 }];
    const shown = view(aNode(), good(0, aReport('A', { lmdb, port: 8002 })), failed(1));
    expect(shown).toMatchObject({ health: 'failed', reason: 'health_unavailable' });
    expect(shown.processes).toMatchObject([
      { status: 'UNKNOWN', healthy: false, acceptable: false, reported: undefined, lmdb: [], port: 8002 },
    ]);
    expect(shown.processes[0]?.message).toBe(';exporter: connect 10.0.0.5:4569 refused');
  });

  it.each([
    ['a tolerated state with 200', good(0, warning), aNode(), undefined, { healthy: false, acceptable: true }],
    ['a tolerated state with 503', good503(0, warning), aNode(), 'genesis_503', { healthy: false, acceptable: false }],
    ['a state that is not tolerated', good(0, error), aNode(), 'process_unhealthy', { acceptable: false }],
    ['nothing tolerated', good(0, warning), aNode({ toleratedWith200: new Set() }), 'process_unhealthy', {}],
    ['every process healthy with 503', good503(0, aReport('A')), aNode(), 'genesis_503', { healthy: true }],
    ['every process healthy with 200', good(0, aReport('A')), aNode(), undefined, { healthy: true, acceptable: true }],
  ] as const)('judges the node on %s', (_, result, node, reason, process) => {
    const shown = view(node, result);
    expect(shown.reason).toBe(reason);
    expect(shown.processes[0]).toMatchObject(process);
  });

  it.each([
    ['stands for a dead process', aNode(), 'A DOWN connect_failed'],
    [
      'says nothing of a primary-only process',
      aNode({ declared: declare({ name: 'A', primaryOnly: true }) }),
      'A UNKNOWN health_unavailable',
    ],
  ])('lets a refused port without a health answer decide: it %s', (_, node, status) => {
    const connects = new Map([['A', connected(1, 'refused')]]);
    const before = snapshotOf(node, good(0, aReport('A')), failed(1));
    const { snapshot } = recordUpdate(before, { connects }, { monotonicMs: 1, wallMs: 0 });
    expect(statuses(viewNode(snapshot, 1))).toEqual([status]);
  });

  it('does not tolerate a WARNING that is its own', () => {
    const snapshot = recordUpdate(
      snapshotOf(aNode(), good(0, aReport('A'))),
      { connects: new Map([['A', connected(0, 'timeout')]]) },
      { monotonicMs: 0, wallMs: 0 },
    ).snapshot;
    const shown = viewNode(snapshot, 0);
    expect(statuses(shown)).toEqual(['A WARNING connect_failed']);
    expect(shown.reason).toBe('process_unhealthy');
    expect(shown.processes[0]).toMatchObject({ healthy: false, acceptable: false });
  });

  it.each([
    ['no row', { kind: 'good', statusCode: 200, report: { processes: [], rejectedRows: 0 } }, 'no_processes'],
    [
      'a row without a name',
      { kind: 'good', statusCode: 200, report: { processes: [aReport('A')], rejectedRows: 1 } },
      'rejected_rows',
    ],
  ] as const)('finds a node with %s unhealthy', (_, answer, reason) => {
    expect(view(aNode(), { ...answer, timing: good(0).timing }).reason).toBe(reason);
  });

  it('never calls its own blindness healthy, whatever states the operator calls so', () => {
    const node = aNode({ healthyStates: new Set(['UP', 'UNKNOWN']), declared: declare({ name: 'A' }) });
    const word = aReport('A', { status: 'INITIALISING', state: 'UNKNOWN' });
    expect(view(node, good(0, word)).processes[0]).toMatchObject({ healthy: true, acceptable: true });
    expect(view(node).processes[0]).toMatchObject({ healthy: false, acceptable: false });
    expect(view(node, good(0, word), failed(1)).processes[0]).toMatchObject({ healthy: false, acceptable: false });
    expect(viewNode(snapshotOf(node, good(0, word)), 45_001).processes[0]).toMatchObject({ healthy: false });
  });

  it('gives the reported port, else the last known, else the declared', () => {
    const node = aNode({ declared: declare({ name: 'A', port: 1 }, { name: 'B', port: undefined }) });
    const portless = aReport('A', { port: undefined });
    function ports(...results: readonly HealthResult[]) {
      return view(node, ...results).processes.map(({ port }) => port);
    }
    expect(ports()).toEqual([1, undefined]);
    expect(ports(good(0, portless))).toEqual([1, undefined]);
    expect(ports(good(0, aReport('A', { port: 2 })), good(1, portless))).toEqual([2, undefined]);
    expect(ports(good(0, aReport('A', { port: 2 })), good(1))).toEqual([2, undefined]);
  });
});
