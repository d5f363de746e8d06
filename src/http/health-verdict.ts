import type { NodeView, ProcessView } from '../domain/view.ts';

/** What a query of `/health/status` selects; undefined selects everything. */
export interface HealthSelection {
  readonly nodes: readonly string[] | undefined;
  readonly processes: readonly string[] | undefined;
  readonly maxAgeMs: number | undefined;
}

/** The selection of a request without a query. */
export const EVERYTHING: HealthSelection = { nodes: undefined, processes: undefined, maxAgeMs: undefined };

/** A node and its selected processes: the same array as in the view when all are selected. */
export interface HealthNode {
  readonly view: NodeView;
  readonly processes: readonly ProcessView[];
}

/** An HTTP code with the rows it stands for, or with an error. */
export interface HealthJudgement {
  readonly code: 200 | 404 | 503;
  readonly error?: string;
  readonly nodes: readonly HealthNode[];
  /** When the probe of the oldest evidence was sent, monotonic milliseconds; undefined without evidence. */
  readonly evidenceMs: number | undefined;
}

/** Judges the selected nodes and processes on the evidence at `nowMs`, monotonic milliseconds. */
export function judgeHealth(views: readonly NodeView[], selection: HealthSelection, nowMs: number): HealthJudgement {
  const unknownNode = selection.nodes?.find((name) => !views.some(({ snapshot }) => snapshot.node.name === name));
  if (unknownNode !== undefined) return notFound(`unknown node: ${unknownNode}`);

  const nodes = selectNodes(views, selection);
  const names = selection.processes;
  const missing = names?.filter((name) => !nodes.some(({ processes }) => processes.some((one) => one.name === name)));
  const areAllKnown = nodes.length > 0 && nodes.every(({ view }) => isKnown(view));
  if (missing !== undefined && missing.length > 0 && areAllKnown) return notFound(`unknown process: ${missing[0]}`);

  const evidenceMs = oldestEvidence(nodes);
  const { maxAgeMs } = selection;
  const isFresh = maxAgeMs === undefined || evidenceMs === undefined || nowMs - evidenceMs <= maxAgeMs;
  const isHealthy =
    missing === undefined
      ? nodes.length > 0 && nodes.every(({ view }) => view.reason === undefined)
      : missing.length === 0 && areAllKnown && areAcceptable(nodes);
  return { code: isHealthy && isFresh ? 200 : 503, nodes, evidenceMs };
}

function selectNodes(views: readonly NodeView[], selection: HealthSelection): readonly HealthNode[] {
  const { nodes, processes: names } = selection;
  const wanted = nodes === undefined ? views : views.filter(({ snapshot }) => nodes.includes(snapshot.node.name));
  return wanted.map((view) => ({
    view,
    processes: names === undefined ? view.processes : view.processes.filter(({ name }) => names.includes(name)),
  }));
}

/** Whether every process is acceptable, and there is at least one. */
function areAcceptable(nodes: readonly HealthNode[]): boolean {
  const processes = nodes.flatMap((node) => node.processes);
  return processes.length > 0 && processes.every(({ acceptable }) => acceptable);
}

function notFound(error: string): HealthJudgement {
  return { code: 404, error, nodes: [], evidenceMs: undefined };
}

/** Whether the list of the node's processes is current, so that a name missing from it does not exist. */
function isKnown({ health }: NodeView): boolean {
  return health === 'good' || health === 'off';
}

function oldestEvidence(nodes: readonly HealthNode[]): number | undefined {
  let oldestMs = Number.POSITIVE_INFINITY;
  for (const { view, processes } of nodes) {
    if (view.health !== 'off') oldestMs = Math.min(oldestMs, view.snapshot.health?.timing.startedMs ?? oldestMs);
    for (const { connect } of processes) oldestMs = Math.min(oldestMs, connect?.timing.startedMs ?? oldestMs);
  }
  return oldestMs === Number.POSITIVE_INFINITY ? undefined : oldestMs;
}
