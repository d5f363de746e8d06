import type { NodeInfo, NodesAnswer } from '../nodes-answer.ts';

/** The nodes as received so far. */
export interface Model {
  /** Takes an answer, a whole one or one of what has changed; true when it comes from an exporter started since. */
  update(answer: NodesAnswer): boolean;
  /** The cursor for the next request; undefined before the first answer. */
  cursor(): string | undefined;
  /** The nodes, in order. */
  nodes(): readonly NodeInfo[];
  /** The exporter's time, wall-clock milliseconds: ages are counted by its clock, not by the reader's. */
  nowMs(): number;
}

/** Creates an empty model. */
export function createModel(): Model {
  const nodesByName = new Map<string, NodeInfo>();
  let latest: NodesAnswer | undefined;
  let clockOffsetMs = 0;

  function update(answer: NodesAnswer): boolean {
    const isRestarted = latest !== undefined && latest.exporter.startedAt !== answer.exporter.startedAt;
    if (isRestarted) nodesByName.clear();
    const names = new Set(answer.names);
    for (const name of nodesByName.keys()) if (!names.has(name)) nodesByName.delete(name);
    for (const node of answer.nodes) nodesByName.set(node.name, node);
    clockOffsetMs = Date.parse(answer.at) - Date.now();
    latest = answer;
    return isRestarted;
  }

  return {
    update,
    cursor: () => latest?.cursor,
    nodes: () => (latest?.names ?? []).flatMap((name) => nodesByName.get(name) ?? []),
    nowMs: () => Date.now() + clockOffsetMs,
  };
}
