import type { FastifyInstance } from 'fastify';
import type { LmdbSample } from '../domain/history.ts';
import { nodeDocumentHtml, WINDOWS, type WindowName } from '../page/node-document.ts';
import { eventInfo, incidentsOf, subjectsOf } from '../page/node-history.ts';
import type { NodeInfo } from '../page/nodes-answer.ts';
import type { AnswerNodes } from './api-nodes.ts';
import { sendCompressed } from './content-negotiation.ts';
import type { HttpDeps } from './deps.ts';
import { oneOf, querySchema, TEXT } from './query.ts';
import { readSoon } from './read-soon.ts';
import { PAGE_HEADERS } from './status-page.ts';

/** So many events are on one page. */
const EVENTS_PER_PAGE = 50;

/** How far back the LMDB forecast looks, independent of the window of the page. */
const LMDB_LOOK_BACK_MS = 6.5 * 3_600_000;

const QUERY = querySchema({ window: oneOf(Object.keys(WINDOWS)), cursor: TEXT });

interface Query {
  readonly window?: WindowName;
  readonly cursor?: string;
}

/** `/nodes/<name>`: the page of one node. Slashes in the name may be encoded or not. */
export function registerNodePage(app: FastifyInstance, deps: HttpDeps, answer: AnswerNodes): void {
  const { telemetryPath, externalUrl, assets, history, clock } = deps;
  app.get<{ Params: { '*': string }; Querystring: Query }>('/nodes/*', { schema: QUERY }, async (request, reply) => {
    const name = request.params['*'];
    const all = answer({});
    const node = all.nodes.find((one) => one.name === name);
    if (node === undefined) return reply.code(404).send({ error: `unknown node: ${name}` });
    const { window: windowName = '24h', cursor } = request.query;
    const toMs = clock.wallMs();
    const window = { fromMs: toMs - WINDOWS[windowName].ms, toMs };
    const fromMs = Math.min(window.fromMs, toMs - LMDB_LOOK_BACK_MS);
    const query = { nodes: [name], processes: [], states: [], fromMs: undefined, toMs: undefined };
    const [read, events] = await Promise.all([
      readSoon(history.history(name, fromMs, toMs).then((found) => found ?? EMPTY)),
      readSoon(history.events({ ...query, limit: EVENTS_PER_PAGE, cursor })),
    ]);
    const past = read ?? EMPTY;
    const page = nodeDocumentHtml(
      {
        node,
        // The text version is copied elsewhere, where a relative link would not work.
        url: externalUrl && `${externalUrl}nodes/${encodeURIComponent(name)}?window=${windowName}`,
        windowName,
        window,
        subjects: subjectsOf(
          past,
          node.processes.map((process) => process.name),
          window,
          deps.maintenance().between(node, window.fromMs, window.toMs),
        ),
        incidents: incidentsOf(past, window),
        lmdb: [...past.lmdb, ...lmdbNow(node, toMs)],
        durations: past.durations.filter((bucket) => bucket.toMs > window.fromMs),
        events: events?.events.map(eventInfo) ?? [],
        nextEvents: events?.next,
        isReadable: read !== undefined && events !== undefined,
        isFirstPage: cursor === undefined,
      },
      all,
      { telemetryPath, stylePath: assets.stylePath, scriptPath: assets.scripts.nodePage },
    );
    return sendCompressed(request, reply.headers(PAGE_HEADERS), page);
  });
}

const EMPTY = { node: '', fromMs: 0, toMs: 0, spans: [], lmdb: [], durations: [] } as const;

/** The LMDB stores as the node reports them now. The history has a sample of each store only every five minutes. */
function lmdbNow({ processes }: NodeInfo, atMs: number): readonly LmdbSample[] {
  return processes.flatMap(({ name, lmdb }) =>
    lmdb.map(({ usedRatio, totalBytes }, store) => ({
      process: name,
      store,
      atMs,
      usedRatio: usedRatio ?? undefined,
      totalBytes: totalBytes ?? undefined,
    })),
  );
}
