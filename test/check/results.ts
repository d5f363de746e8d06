import type { CheckedNode, CheckResult } from '../../src/check/result.ts';
import type { HealthResult } from '../../src/domain/evidence.ts';
import type { GenesisNode } from '../../src/domain/node.ts';
import type { ProcessReport } from '../../src/domain/process-report.ts';
import type { ProcessState } from '../../src/domain/process-state.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { aNode, aReport, good, good503 } from '../domain/builders.ts';
import { viewAfter } from '../helpers/views.ts';

const RUNBOOKS = 'https://wiki.example/';

/** A node right after an answer. */
export function answered(health: HealthResult, changes: Partial<GenesisNode> = {}): NodeView {
  return viewAfter(aNode(changes), [[1000, { health }]], 2000);
}

/** A node that answered 200 with processes in these states, named P0, P1 and so on. */
export function inStates(states: readonly ProcessState[], changes: Partial<GenesisNode> = {}): NodeView {
  return answered(good(1000, ...reports(states)), changes);
}

/** The same with 503. */
export function inStates503(states: readonly ProcessState[]): NodeView {
  return answered(good503(1000, ...reports(states)));
}

function reports(states: readonly ProcessState[]): readonly ProcessReport[] {
  return states.map((state, index) => aReport(`P${index}`, { status: state, state }));
}

/** A node that was checked within 12.5 ms. */
export function checked(view: NodeView, changes: Partial<CheckedNode> = {}): CheckedNode {
  const healthUrl = 'http://10.0.0.5:4569/health/status';
  return { view, healthUrl, durationMs: 12.5, isHomeRead: undefined, ...changes };
}

/** A check of these nodes, all sources read. */
export function resultOf(...views: readonly NodeView[]): CheckResult {
  return { nodes: views.map((view) => checked(view)), unreadSources: [], runbooks: RUNBOOKS };
}
