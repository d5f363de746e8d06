import type { NodeView, ProcessView } from '../domain/view.ts';

/** What a query of `/health/status` asks for; undefined asks for all. */
export interface HealthSelection {
  readonly nodes: readonly string[] | undefined;
  readonly processes: readonly string[] | undefined;
  readonly maxAgeMs: number | undefined;
}

/** What is answered: a verdict as HTTP code and its rows, or an error. */
export interface HealthAnswer {
  readonly code: 200 | 404 | 503;
  readonly error?: string;
  readonly rows: readonly { readonly process: ProcessView; readonly node: string }[];
  /** Age of the oldest evidence used; undefined when there is none. */
  readonly ageMs: number | undefined;
}

/** The verdict over the nodes and processes that a query selects, on the evidence at `nowMs`, monotonic milliseconds. */
export function answerHealth(views: readonly NodeView[], selection: HealthSelection, nowMs: number): HealthAnswer {
  const names = new Set(views.map(({ snapshot }) => snapshot.node.name));
  const unknownNode = selection.nodes?.find((name) => !names.has(name));
  if (unknownNode !== undefined) return notFound(`unknown node: ${unknownNode}`);

  const wanted = views.filter(({ snapshot }) => selection.nodes?.includes(snapshot.node.name) ?? true);
  const rows = wanted.flatMap((view) =>
    view.processes
      .filter(({ name }) => selection.processes?.includes(name) ?? true)
      .map((process) => ({ process, node: view.snapshot.node.name })),
  );
  const missing = selection.processes?.filter((name) => !rows.some(({ process }) => process.name === name)) ?? [];
  const areAllKnown = wanted.length > 0 && wanted.every(isKnown);
  if (missing.length > 0 && areAllKnown) return notFound(`unknown process: ${missing[0]}`);

  const ageMs = oldestAge(wanted, rows, nowMs);
  const isFresh = selection.maxAgeMs === undefined || ageMs === undefined || ageMs <= selection.maxAgeMs;
  const isHealthy =
    selection.processes === undefined
      ? wanted.length > 0 && wanted.every(({ reason }) => reason === undefined)
      : missing.length === 0 && areAllKnown && rows.length > 0 && rows.every(({ process }) => process.acceptable);
  return { code: isHealthy && isFresh ? 200 : 503, rows, ageMs };
}

function notFound(error: string): HealthAnswer {
  return { code: 404, error, rows: [], ageMs: undefined };
}

/** Whether the node's processes are known for certain, so that one without a row does not exist. */
function isKnown({ health }: NodeView): boolean {
  return health === 'good' || health === 'off';
}

function oldestAge(views: readonly NodeView[], rows: HealthAnswer['rows'], nowMs: number): number | undefined {
  const startedMs = [
    ...views.map(({ health, snapshot }) => (health === 'off' ? undefined : snapshot.health?.timing.startedMs)),
    ...rows.map(({ process }) => process.connect?.timing.startedMs),
  ].filter((ms) => ms !== undefined);
  return startedMs.length === 0 ? undefined : Math.max(0, nowMs - Math.min(...startedMs));
}
