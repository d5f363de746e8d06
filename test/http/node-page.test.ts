import { describe, expect, it } from 'vitest';
import type { HistoryEvent, NodeHistory, StateSpan } from '../../src/domain/history.ts';
import { aNode, aReport, good } from '../domain/builders.ts';
import { aHistory, anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { sampleView, troubledView } from '../helpers/example-views.ts';
import { viewAfter } from '../helpers/views.ts';

closeAppsAfterEach();

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-26T12:00:00Z');
const CLOCK = { monotonicMs: () => 2000, wallMs: () => NOW };
const NODE = sampleView().snapshot.node.name;

function span(
  process: string | undefined,
  hoursAgo: readonly [number, number | undefined],
  changes: Partial<StateSpan>,
): StateSpan {
  const [from, to] = hoursAgo;
  return {
    node: NODE,
    process,
    fromMs: NOW - from * HOUR,
    toMs: to === undefined ? undefined : NOW - to * HOUR,
    state: process === undefined ? 'HEALTHY' : 'UP',
    healthy: true,
    reason: undefined,
    message: '',
    ...changes,
  };
}

const DOWN = {
  state: 'DOWN',
  healthy: false,
  reason: 'connect_failed',
  message: ';exporter: connect refused',
} as const;

const PAST: NodeHistory = {
  node: NODE,
  fromMs: NOW - 90 * 24 * HOUR,
  toMs: NOW,
  spans: [
    span(undefined, [30, 10], {}),
    span('GENESIS_ROUTER', [30, 10], {}),
    span(undefined, [10, 9], { state: 'UNHEALTHY', healthy: false, reason: 'process_unhealthy' }),
    span('GENESIS_ROUTER', [10, 9], DOWN),
    span(undefined, [9, 5], {}),
    span('GENESIS_ROUTER', [9, 5], {}),
    span(undefined, [4, undefined], {}),
    span('GENESIS_ROUTER', [4, undefined], {}),
    span('GONE_LONG_AGO', [20, 19], {}),
  ],
  lmdb: Array.from({ length: 10 }, (_, index) => ({
    process: 'GENESIS_ROUTER',
    store: 0,
    atMs: NOW - (9 - index) * HOUR,
    usedRatio: 0.8 + index / 100,
    totalBytes: 2 ** 31,
  })),
  durations: [{ fromMs: NOW - HOUR, toMs: NOW, count: 3, minimumMs: 1, medianMs: 2, maximumMs: 3 }],
};

function event(changes: Partial<HistoryEvent>): HistoryEvent {
  return {
    id: 7,
    node: NODE,
    process: 'GENESIS_ROUTER',
    kind: 'state',
    atMs: NOW - 10 * HOUR,
    betweenMs: undefined,
    from: 'UP',
    to: 'DOWN',
    reason: 'connect_failed',
    message: ';exporter: connect refused',
    durationMs: HOUR,
    ...changes,
  };
}

async function load(url: string, history = aHistory({ history: async () => PAST }), views = [sampleView()]) {
  const { app } = anApp(views, { history, clock: CLOCK });
  const response = await app.inject(url);
  return { ...response, body: response.body, status: response.statusCode, headers: response.headers };
}

describe('GET /nodes/<name>', () => {
  it('has a strip, a share and what it is of, for the node and every process', async () => {
    const { body, status } = await load(`/nodes/${NODE}`);
    expect(status).toBe(200);
    expect(body.match(/<svg class="timeline" /g)).toHaveLength(10);
    expect(body).toContain('<span class="share">95.65 %</span> healthy of 23 h watched; 1 h not watched');
    expect(body).toContain('<title>GENESIS_ROUTER: DOWN 1 h; UP 3 times, 22 h in all; not watched 1 h, in 1 d</title>');
    expect(body).toMatch(/GONE_LONG_AGO[\s\S]*100 %/);
    expect(body).toContain('aria-current="page">24 hours</a>');
  });

  it('has incidents, and the text of all for a report', async () => {
    const { body } = await load(`/nodes/${NODE}`);
    expect(body).toMatch(
      /<time class="moment" datetime="2026-11-26T02:00:00.000Z" title="10 h ago">2026-11-26 02:00:00<\/time>/,
    );
    expect(body).toContain('its port does not answer: exporter: connect refused');
    expect(body).toContain(
      '  2026-11-26 02:00:00 UTC to 2026-11-26 03:00:00 UTC, 1 h: GENESIS_ROUTER DOWN, its port does not answer: exporter: connect refused\n',
    );
    expect(body).toContain('  2026-11-26 07:00:00 UTC to 2026-11-26 08:00:00 UTC  not watched for 1 h\n');
  });

  it('says when a store will be full, and marks 70 % and 85 %', async () => {
    const { body } = await load(`/nodes/${NODE}?window=1h`);
    expect(body).toMatch(
      /store 0: 89 % of 2 GB; <strong class="failed">full at <time[^>]*>2026-11-2[67] \d\d:\d\d:\d\d<\/time><\/strong> by the pace/,
    );
    expect(body).toContain('>70 %</text>');
    expect(body).toContain('>85 %</text>');
    expect(body).toContain('<span class="share">100 %</span> healthy of 1 h watched');
  });

  it('has events, the newest first, with links to the older ones and to one alone', async () => {
    const asked: unknown[] = [];
    const history = aHistory({
      history: async () => PAST,
      async events(query) {
        asked.push(query.cursor);
        const more = { id: 6, kind: 'not_watched', process: undefined, from: undefined, to: undefined } as const;
        return { events: [event({}), event({ ...more, reason: undefined, message: '' })], next: 'a&b' };
      },
    });
    const { body } = await load(`/nodes/${NODE}`, history);
    expect(body).toContain('<a href="?window=24h&amp;cursor=a%26b#events" rel="next">older</a>');
    expect(body).toContain('href="../events?to=2026-11-26T02:00:00.001Z#event%3A7"'.replaceAll(/:(?=\d\d)/g, '%3A'));
    expect(body).not.toContain('>newest</a>');
    expect((await load(`/nodes/${NODE}?cursor=a%26b`, history)).body).toContain(
      '<a href="?window=24h#events">newest</a>',
    );
    expect(asked).toEqual([undefined, 'a&b']);
  });

  it('is complete without any history', async () => {
    const { body } = await load(`/nodes/${NODE}`, aHistory());
    expect(body).toContain('<p class="availability">Not watched at all.</p>');
    expect(body).toContain('Nobody watched: nothing is known.');
    expect(body).toContain('Nothing has happened.');
    // The stores as the node reports them now need no history.
    expect(body).toContain('<span class="name">GENESIS_AUTH_DATASERVER</span> store 0: 1 % of 2 GB');
    expect(body.match(/<tr id=/g)).toHaveLength(8);
  });

  it.each(['/nodes/nobody', '/nodes/', '/nodes/constructor'])('is a 404 for %s', async (url) => {
    expect((await load(url)).status).toBe(404);
  });

  it.each(['window=2h', 'window=', 'windw=1h', 'window=1h&window=1h', 'cursor=a&cursor=b'])(
    'is a 400 for ?%s',
    async (query) => {
      expect((await load(`/nodes/${NODE}?${query}`)).status).toBe(400);
    },
  );

  it('finds a name with slashes, encoded or not, and escapes all that comes from elsewhere', async () => {
    const evil = `a/b</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
    const view = viewAfter(aNode({ name: evil }), [[1000, { health: good(1000, aReport(evil)) }]], 2000);
    const spans = [{ ...span(evil, [3, undefined], { ...DOWN, message: evil }), node: evil }];
    const history = aHistory({
      history: async () => ({
        ...PAST,
        spans,
        lmdb: [{ process: evil, store: 0, atMs: 0, usedRatio: 0.5, totalBytes: 1 }],
      }),
      events: async () => ({ events: [event({ node: evil, process: evil, message: evil })], next: undefined }),
    });
    for (const url of [`/nodes/${encodeURIComponent(evil)}`, `/nodes/a/${encodeURIComponent(evil.slice(2))}`]) {
      const { body, status } = await load(url, history, [view]);
      expect(status).toBe(200);
      expect(body).toContain('&lt;img src=x');
      expect(body).not.toMatch(/<img|<script>|alert\(1\)<\//);
    }
  });

  it('stands under the policy of all pages, without anything inline', async () => {
    const { body, headers } = await load(`/nodes/${NODE}`, undefined, [sampleView(), troubledView()]);
    expect(String(headers['content-security-policy'])).toContain("script-src 'self'; style-src 'self'");
    expect(body).not.toMatch(/\sstyle=|\son\w+=|<style|<script(?! type="module" src="\.\.\/assets\/)/);
    expect(body).not.toMatch(/(?:src=|<link[^>]*href=)"(?:https?:)?\/\//);
    expect(body).not.toMatch(/(?:href|action|src)="\/(?!\/)/);
  });
});
