import type { FastifyInstance } from 'fastify';
import { isoText } from '../domain/instant.ts';
import type { NodeView } from '../domain/view.ts';
import type { NodeInfo, NodesAnswer } from '../page/nodes-answer.ts';
import { type NodeInfoDeps, nodeInfo } from './api-node-info.ts';
import { sendCompressed } from './content-negotiation.ts';
import type { HttpDeps } from './deps.ts';
import { createLastDays } from './last-days.ts';
import { isLoopAlive } from './lifecycle.ts';
import { querySchema, TEXT, TEXTS } from './query.ts';

/** Caches node infos. A node's version changes whenever its info does. */
interface NodeVersions {
  /** The highest version so far. An info with a higher version has changed since. */
  readonly latest: () => number;
  /** The info of a view: the same object until the view, its last day or its maintenance changes. */
  readonly infoOf: (view: NodeView) => NodeInfo;
}

/** Versions count up from 1. A changed node has a new view object, but maintenance begins and ends without one, so it is compared here. */
function createNodeVersions(deps: NodeInfoDeps): NodeVersions {
  const infos = new WeakMap<NodeView, NodeInfo>();
  let latest = 0;

  function infoOf(view: NodeView): NodeInfo {
    const known = infos.get(view);
    const isDayNew = known?.lastDay === null && deps.lastDays.isKnown(view);
    const until = deps.maintenanceOf(view.snapshot.node)?.untilMs;
    const isSame = known?.maintenance?.until === (until === undefined ? undefined : isoText(until));
    if (known !== undefined && !isDayNew && isSame) return known;
    latest += 1;
    const info = nodeInfo(view, latest, deps);
    infos.set(view, info);
    return info;
  }

  return { latest: () => latest, infoOf };
}

/** Which nodes a request of `/api/v1/nodes` selects. */
export interface NodesRequest {
  /** Names of nodes; undefined selects all. */
  readonly nodes?: readonly string[] | undefined;
  /** The cursor of an earlier response. Without one, or with one of an earlier run of the exporter, every node is returned. */
  readonly since?: string | undefined;
}

/** Builds the response that the pages and the JSON API share. */
export type AnswerNodes = (request: NodesRequest) => NodesAnswer;

/** Creates a function that builds responses from the current views. */
export function createAnswerNodes(deps: HttpDeps): AnswerNodes {
  const { clock, views, version, startedAtMs, heartbeatAgeMs, runbooks } = deps;
  const versions = createNodeVersions({
    runbooks,
    lastDays: createLastDays(deps),
    maintenanceOf: (node) => deps.maintenance().at(node, clock.wallMs()),
  });
  const prefix = `${startedAtMs}-`;

  function seenBefore(cursor: string | undefined): number {
    const seen = cursor?.startsWith(prefix) ? Number(cursor.slice(prefix.length)) : Number.NaN;
    return seen <= versions.latest() ? seen : 0;
  }

  return ({ nodes: wanted, since }) => {
    const seen = seenBefore(since);
    const infos = views().map(versions.infoOf);
    const admitted = wanted === undefined ? infos : infos.filter(({ name }) => wanted.includes(name));
    return {
      at: new Date(clock.wallMs()).toISOString(),
      cursor: `${prefix}${versions.latest()}`,
      exporter: {
        version,
        startedAt: new Date(startedAtMs).toISOString(),
        healthy: isLoopAlive(heartbeatAgeMs()),
      },
      names: admitted.map(({ name }) => name),
      nodes: admitted.filter(({ version }) => version > seen),
    };
  };
}

const QUERY = querySchema({ node: TEXTS, since: TEXT });

interface Query {
  readonly node?: readonly string[];
  readonly since?: string;
}

/** `/api/v1/nodes`: all nodes, or only those that changed since the cursor of an earlier response. */
export function registerApiNodes(app: FastifyInstance, answer: AnswerNodes): void {
  app.get<{ Querystring: Query }>('/api/v1/nodes', { schema: QUERY }, async (request, reply) => {
    const { node, since } = request.query;
    const result = answer({ nodes: node, since });
    const unknown = node?.find((name) => !result.names.includes(name));
    reply.header('cache-control', 'no-store');
    if (unknown !== undefined) return reply.code(404).send({ error: `unknown node: ${unknown}` });
    return sendCompressed(request, reply.type('application/json; charset=utf-8'), JSON.stringify(result));
  });
}
