import type { AddressInfo } from 'node:net';
import type { HistoryEvent, LmdbSample, StateSpan } from '../../src/domain/history.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { readPageAssets } from '../../src/http/page-assets.ts';
import { aHistory, anApp } from './app.ts';

/** The pages as built, on a port of their own, over views and a history that the test makes; `views` and `past` may change. Closed as other apps are. */
export async function startLiveApp(views: NodeView[]) {
  const past = { spans: [] as StateSpan[], lmdb: [] as LmdbSample[], events: [] as HistoryEvent[] };
  const history = aHistory({
    history: async (node, fromMs, toMs) => ({
      node,
      fromMs,
      toMs,
      spans: past.spans.filter((span) => span.node === node && (span.toMs ?? toMs) > fromMs),
      lmdb: past.lmdb,
      durations: [{ fromMs, toMs, count: 1, minimumMs: 1, medianMs: 2, maximumMs: 3 }],
    }),
    events: async () => ({ events: past.events, next: undefined }),
  });
  const assets = readPageAssets(new URL('../../dist/page/', import.meta.url));
  const clock = { monotonicMs: () => 2000, wallMs: Date.now };
  const { app } = anApp(views, { assets, history, clock, startedAtMs: Date.now() });
  await app.listen({ host: '127.0.0.1', port: 0 });
  // The address of a TCP server that listens is never a string or null.
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, past, views };
}
