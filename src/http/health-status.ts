import type { FastifyInstance } from 'fastify';
import { parseDuration } from '../config/duration.ts';
import type { NodeView } from '../domain/view.ts';
import { formatHealthRows } from '../genesis/health-json.ts';
import type { HttpDeps } from './deps.ts';
import {
  EVERYTHING,
  type HealthJudgement,
  type HealthNode,
  type HealthSelection,
  judgeHealth,
} from './health-verdict.ts';
import { querySchema, TEXT, TEXTS } from './query.ts';
import type { Headers } from './security-headers.ts';

/** Serializes the rows of some nodes as a JSON array; with `showsNode` each row names its node. */
type HealthText = (nodes: readonly HealthNode[], showsNode: boolean) => string;

/** Caches the rows of a node for as long as its view stays the same. */
function createHealthText(): HealthText {
  const plain = new WeakMap<NodeView, string>();
  const named = new WeakMap<NodeView, string>();

  function rowsOf({ view, processes }: HealthNode, showsNode: boolean): string {
    const node = showsNode ? view.snapshot.node.name : undefined;
    if (processes !== view.processes) return formatHealthRows(processes, node);
    const kept = showsNode ? named : plain;
    const rows = kept.get(view) ?? formatHealthRows(processes, node);
    kept.set(view, rows);
    return rows;
  }

  return (nodes, showsNode) => {
    const rows = nodes.map((node) => rowsOf(node, showsNode)).filter((text) => text !== '');
    return `[${rows.join(',')}]`;
  };
}

/** A complete response of `/health/status`. */
export interface HealthAnswer {
  readonly code: 200 | 404 | 503;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Builds the response of `/health/status` for a selection. */
export type AnswerHealth = (selection: HealthSelection) => HealthAnswer;

type Written = Pick<HealthJudgement, 'code' | 'evidenceMs'> & { readonly body: Buffer };

const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

/** Builds responses from the current evidence; `Age` is the age of the oldest evidence used. The body for `EVERYTHING` is cached until the views change. */
export function createAnswerHealth({
  views,
  showsNode,
  clock,
}: Pick<HttpDeps, 'views' | 'showsNode' | 'clock'>): AnswerHealth {
  const text = createHealthText();
  let whole:
    | { readonly views: readonly NodeView[]; readonly showsNode: boolean; readonly written: Written }
    | undefined;
  let aged = { ...HEADERS, age: '' };

  function write(all: readonly NodeView[], selection: HealthSelection): Written {
    const { code, error, nodes, evidenceMs } = judgeHealth(all, selection, clock.monotonicMs());
    const isNamed = showsNode() && selection.nodes?.length !== 1;
    const body = error === undefined ? text(nodes, isNamed) : JSON.stringify({ error });
    return { code, evidenceMs, body: Buffer.from(body) };
  }

  function writeWhole(): Written {
    const all = views();
    if (whole?.views !== all || whole.showsNode !== showsNode()) {
      whole = { views: all, showsNode: showsNode(), written: write(all, EVERYTHING) };
    }
    return whole.written;
  }

  function headersFor(evidenceMs: number | undefined): Headers {
    if (evidenceMs === undefined) return HEADERS;
    const age = String(Math.max(0, Math.floor((clock.monotonicMs() - evidenceMs) / 1000)));
    if (age !== aged.age) aged = { ...HEADERS, age };
    return aged;
  }

  return (selection) => {
    const { code, evidenceMs, body } = selection === EVERYTHING ? writeWhole() : write(views(), selection);
    return { code, headers: headersFor(evidenceMs), body };
  };
}

const QUERY = querySchema({ node: TEXTS, process: TEXTS, max_age: TEXT });

interface Query {
  readonly node?: readonly string[];
  readonly process?: readonly string[];
  readonly max_age?: string;
}

/** `/health/status`: the health check of the Genesis container image, for all nodes or for those that the query names. */
export function registerHealthStatus(app: FastifyInstance, answer: AnswerHealth): void {
  app.get<{ Querystring: Query }>('/health/status', { schema: QUERY }, async (request, reply) => {
    const { node, process, max_age: maxAge } = request.query;
    const maxAgeMs = maxAge === undefined ? undefined : parseDuration(maxAge);
    if (maxAge !== undefined && maxAgeMs === undefined) {
      return reply.code(400).send({ error: `max_age: expected a duration such as 5s, got ${JSON.stringify(maxAge)}` });
    }
    const { code, headers, body } = answer({ nodes: unique(node), processes: unique(process), maxAgeMs });
    return reply.code(code).headers(headers).send(body);
  });
}

function unique(values: readonly string[] | undefined): readonly string[] | undefined {
  return values && [...new Set(values)];
}
