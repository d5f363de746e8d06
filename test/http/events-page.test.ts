import { describe, expect, it } from 'vitest';
import type { EventsQuery, HistoryEvent } from '../../src/domain/history.ts';
import { aHistory, anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { sampleView } from '../helpers/example-views.ts';

closeAppsAfterEach();

const NOW = Date.parse('2026-11-26T12:00:00Z');
const CLOCK = { monotonicMs: () => 2000, wallMs: () => NOW };

function event(id: number, changes: Partial<HistoryEvent> = {}): HistoryEvent {
  return {
    id,
    node: 'sample',
    process: 'GENESIS_ROUTER',
    kind: 'state',
    atMs: NOW - id * 60_000,
    betweenMs: undefined,
    from: 'UP',
    to: 'DOWN',
    reason: 'reported',
    message: ';gone',
    durationMs: 30_000,
    ...changes,
  };
}

async function load(url: string, events: readonly HistoryEvent[] = [], next?: string) {
  const asked: EventsQuery[] = [];
  const history = aHistory({
    async events(query) {
      asked.push(query);
      return { events, next };
    },
  });
  const response = await anApp([sampleView()], { history, clock: CLOCK }).app.inject(url);
  return { status: response.statusCode, body: response.body, headers: response.headers, asked };
}

describe('GET /events', () => {
  it('has each event with who, what, why, how long, and a link to send to a colleague', async () => {
    const { body, status } = await load('/events', [event(1)]);
    expect(status).toBe(200);
    const [item = ''] = /<li id="event:1">[\s\S]*?<\/li>/.exec(body) ?? [];
    expect(item).toContain('href="./events?to=2026-11-26T11%3A59%3A00.001Z#event%3A1"');
    expect(item).toContain(
      '<time class="moment" datetime="2026-11-26T11:59:00.000Z" title="1 min ago">2026-11-26 11:59:00</time>',
    );
    expect(item).toContain('GENESIS_ROUTER');
    expect(item).toContain('<a class="name" href="./nodes/sample">sample</a>');
    expect(item).toContain('<span class="state UP">UP</span> → <span class="state DOWN">DOWN</span>');
    expect(item).toContain('for 30 s');
    expect(item).toContain('>gone<');
  });

  it.each<[string, Partial<HistoryEvent>, RegExp]>([
    ['one that goes on', { durationMs: undefined }, /goes on/],
    [
      'a node',
      { process: undefined, from: 'HEALTHY', to: 'UNHEALTHY' },
      /healthy<\/span> → <span class="state UNHEALTHY">not healthy/,
    ],
    [
      'failed probes',
      { kind: 'probe_failures', from: undefined, to: undefined, reason: 'timeout' },
      /probes failed<\/strong>[\s\S]*timed out: gone/,
    ],
    [
      'time not watched',
      { kind: 'not_watched', process: undefined, from: undefined, to: undefined },
      /not watched<\/span>/,
    ],
    [
      'a process forgotten',
      { kind: 'forgotten', from: undefined, to: undefined, durationMs: undefined },
      /forgotten: it was missing/,
    ],
    [
      'a change that nobody saw',
      { atMs: undefined, betweenMs: { from: NOW - 9000, to: NOW - 4000 } },
      /between <time[^>]*>2026-11-26 11:59:51<\/time> and <time[^>]*>2026-11-26 11:59:56/,
    ],
  ])('tells of %s', async (_what, changes, expected) => {
    expect((await load('/events', [event(1, changes)])).body).toMatch(expected);
  });

  it('asks for what the query narrows it to, and keeps that in its form and links', async () => {
    const url = '/events?node=sample&process=A%26B&state=DOWN&from=2026-11-26T00:00:00Z&to=1795694400&cursor=c';
    const { body, asked } = await load(url, [event(1)], 'x/y');
    expect(asked).toEqual([
      {
        nodes: ['sample'],
        processes: ['A&B'],
        states: ['DOWN'],
        fromMs: Date.parse('2026-11-26T00:00:00Z'),
        toMs: 1_795_694_400_000,
        limit: 100,
        cursor: 'c',
      },
    ]);
    expect(body).toContain('<option value="sample" selected>');
    expect(body).toContain('name="process" value="A&amp;B"');
    expect(body).toContain('<option value="DOWN" selected>');
    expect(body).toContain('&amp;cursor=x%2Fy" rel="next">older</a>');
    expect(body).toContain('>newest</a>');
    expect(body).toContain('href="./api/v1/events?node=sample&amp;process=A%26B&amp;state=DOWN&amp;from=');
  });

  it('takes a form that was not filled in', async () => {
    const { asked } = await load('/events?node=&process=&state=');
    expect(asked).toMatchObject([{ nodes: [], processes: [], states: [] }]);
  });

  it('says when nothing has happened', async () => {
    const { body } = await load('/events');
    expect(body).toContain('Nothing has happened.');
    expect(body).not.toContain('>older<');
  });

  it.each(['state=GREEN', 'from=yesterday', 'to=2026-11-26', 'from=2026-13-01T00:00:00Z', 'nod=a', 'to=-1'])(
    'is a 400 for ?%s',
    async (query) => {
      expect((await load(`/events?${query}`)).status).toBe(400);
    },
  );

  it('escapes all that comes from elsewhere', async () => {
    const evil = `</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
    const url = `/events?node=${encodeURIComponent(evil)}&process=${encodeURIComponent(evil)}`;
    const { body, headers } = await load(url, [event(1, { node: evil, process: evil, message: evil })], evil);
    expect(body).toContain('&lt;img src=x');
    expect(body).not.toMatch(/<img|<script>|alert\(1\)</);
    expect(String(headers['content-security-policy'])).toContain("script-src 'self'; style-src 'self'");
  });
});
