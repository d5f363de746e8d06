import type { NodeInfo, NodesAnswer } from '../../src/page/nodes-answer.ts';
import type { Samples } from './answer.ts';

/** What the exporter says of what it has learned of a process. */
export interface ProcessTestimony {
  readonly state: string;
  readonly healthy: boolean;
  readonly reason: string | null;
  readonly since: string | null;
  readonly changes: number;
  /** Whether the latest good answer lists it; null without one. */
  readonly reported: boolean | null;
}

/** What the exporter says of what it has learned of a node, and when; milliseconds of this program's own clock. */
export interface Testimony {
  readonly askedMs: number;
  readonly answeredMs: number;
  readonly processes: ReadonlyMap<string, ProcessTestimony>;
  /** Counters of the node by their series. */
  readonly counters: ReadonlyMap<string, number>;
}

/** Reads `/api/v1/nodes` and a page of metrics, asked for one after the other; by node. */
export function readTestimonies(
  body: string,
  samples: Samples,
  times: Pick<Testimony, 'askedMs' | 'answeredMs'>,
): ReadonlyMap<string, Testimony> {
  const { nodes }: NodesAnswer = JSON.parse(body);
  const counters = countersByNode(samples);
  return new Map(
    nodes.map((node) => {
      return [node.name, { ...times, processes: processesOf(node), counters: counters.get(node.name) ?? new Map() }];
    }),
  );
}

function processesOf({ processes }: NodeInfo): ReadonlyMap<string, ProcessTestimony> {
  return new Map(
    processes.map(({ name, state, healthy, reason, since, changeCount, reported }) => {
      return [name, { state, healthy, reason, since, changes: changeCount, reported }];
    }),
  );
}

function countersByNode(samples: Samples): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const byNode = new Map<string, Map<string, number>>();
  for (const [series, value] of samples) {
    const node = /^\w+_total\{(?:.*,)?genesis_node="([^"]*)"/.exec(series)?.[1];
    if (node === undefined) continue;
    const counters = byNode.get(node) ?? new Map<string, number>();
    byNode.set(node, counters.set(series, value));
  }
  return byNode;
}
