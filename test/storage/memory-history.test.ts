import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/domain/history.ts';
import { nodeStateOf } from '../../src/domain/history.ts';
import type { ProbeUpdate } from '../../src/domain/record.ts';
import { recordUpdate } from '../../src/domain/record.ts';
import { emptySnapshot } from '../../src/domain/snapshot.ts';
import { viewNode } from '../../src/domain/view.ts';
import { createMemoryHistory } from '../../src/storage/memory-history.ts';
import { createRecorder } from '../../src/storage/recorder.ts';
import { aNode, aReport, connected, declare, failed, good } from '../domain/builders.ts';
import { WALL_AHEAD_MS } from '../helpers/views.ts';

const ALL = { nodes: [], processes: [], states: [], fromMs: undefined, toMs: undefined, limit: 100, cursor: undefined };
const END = 10_000_000;

/** A node whose probes bring what the test says, at its own times, and the history of it. */
function setUp(node = aNode({ intervalMs: 1000, staleAfterMs: 3000, forgetAfterMs: 5000 })) {
  const history = createMemoryHistory();
  const recorder = createRecorder({ sink: history.apply, restored: () => undefined, lastEventId: 0 });
  let view = viewNode(emptySnapshot(node), 0);
  function at(monotonicMs: number, update: ProbeUpdate): void {
    const before = viewNode(view.snapshot, monotonicMs);
    const wallMs = monotonicMs + WALL_AHEAD_MS;
    const at = { monotonicMs, wallMs };
    const { view: after, transitions } = recordUpdate(before.snapshot, update, at);
    view = after;
    const { health } = after.snapshot;
    if (health !== undefined && health !== before.snapshot.health)
      history.addDuration(node.name, wallMs, health.timing.durationMs);
    recorder.recorded({ before, after, transitions }, at);
  }
  async function spans(process?: string, fromMs = 0, toMs = END) {
    const past = await history.history(node.name, fromMs + WALL_AHEAD_MS, toMs + WALL_AHEAD_MS);
    return past?.spans
      .filter((span) => span.process === process)
      .map((span) => [
        span.state,
        span.fromMs - WALL_AHEAD_MS,
        span.toMs === undefined ? undefined : span.toMs - WALL_AHEAD_MS,
      ]);
  }
  async function events(query = {}) {
    const page = await history.events({ ...ALL, ...query });
    return page.events.map(told);
  }
  return { history, at, spans, events };
}

function told({ kind, process, from, to, reason, atMs = 0, durationMs }: HistoryEvent): string {
  const what = kind === 'state' ? `${from} to ${to}` : kind;
  return `${atMs - WALL_AHEAD_MS} ${process ?? 'node'} ${what}${reason === undefined ? '' : ` ${reason}`} ${durationMs ?? 'open'}`;
}

const up = (ms: number) => ({ health: good(ms, aReport('A')) });
const down = (ms: number) => ({ health: good(ms, aReport('A', { status: 'DOWN', state: 'DOWN', message: 'gone' })) });

describe('the history in memory', () => {
  it('has a span for each state of the node and of its processes', async () => {
    const { at, spans } = setUp();
    at(1000, up(1000));
    at(2000, down(2000));
    at(3000, down(3000));
    at(4000, up(4000));
    expect(await spans('A')).toEqual([
      ['UP', 1000, 2000],
      ['DOWN', 2000, 4000],
      ['UP', 4000, undefined],
    ]);
    expect(await spans()).toEqual([
      ['HEALTHY', 1000, 2000],
      ['UNHEALTHY', 2000, 4000],
      ['HEALTHY', 4000, undefined],
    ]);
    expect(await spans('A', 2500, 3500)).toEqual([['DOWN', 2000, 4000]]);
  });

  it('tells of changes, and how long each state lasted', async () => {
    const { at, events } = setUp();
    at(1000, up(1000));
    at(2000, down(2000));
    at(4000, up(4000));
    expect(await events()).toEqual([
      '4000 A DOWN to UP open',
      '4000 node UNHEALTHY to HEALTHY open',
      '2000 A UP to DOWN reported 2000',
      '2000 node HEALTHY to UNHEALTHY process_unhealthy 2000',
    ]);
  });

  it('tells of a node out of reach once, not for each of its processes', async () => {
    const { at, spans, events } = setUp();
    at(1000, up(1000));
    at(2000, { health: failed(2000) });
    at(3000, { health: failed(3000) });
    at(4000, up(4000));
    expect(await spans('A')).toEqual([
      ['UP', 1000, 2000],
      ['UNKNOWN', 2000, 4000],
      ['UP', 4000, undefined],
    ]);
    expect(await events({ processes: ['A'] })).toEqual([]);
    expect(await events({ states: ['UNKNOWN'] })).toEqual([
      '4000 node UNKNOWN to HEALTHY open',
      '2000 node HEALTHY to UNKNOWN health_unavailable 2000',
    ]);
    expect((await events()).find((event) => event.includes('probe_failures'))).toMatch(
      /^2010 node probe_failures refused 1000$/,
    );
  });

  it('tells of connects that fail, until they do not', async () => {
    const node = aNode({ intervalMs: 1000, staleAfterMs: 9000, declared: declare({ name: 'A' }) });
    const { at, events } = setUp(node);
    at(1000, up(1000));
    at(1500, { connects: new Map([['A', connected(1500, 'refused')]]) });
    expect((await events()).find((event) => event.includes('failures'))).toMatch(/A probe_failures refused open$/);
    at(2500, { connects: new Map([['A', connected(2500, 'refused')]]) });
    at(3500, { connects: new Map([['A', connected(3500, 'ok')]]) });
    expect((await events()).filter((event) => event.includes('failures'))).toEqual([
      expect.stringMatching(/A probe_failures refused 1000$/),
    ]);
  });

  it('leaves a gap where no probe has finished for long', async () => {
    const { at, spans, events } = setUp();
    at(1000, up(1000));
    at(2000, up(2000));
    at(60_000, up(60_000));
    expect(await spans('A')).toEqual([
      ['UP', 1000, 3000],
      ['UP', 60_000, undefined],
    ]);
    expect(await events()).toEqual(['3000 node not_watched 57000']);
  });

  it('tells when a process is forgotten', async () => {
    const { at, spans, events } = setUp();
    at(1000, { health: good(1000, aReport('A'), aReport('B')) });
    for (let ms = 2000; ms <= 8000; ms += 1000) at(ms, up(ms));
    expect(await spans('B')).toEqual([
      ['UP', 1000, 2000],
      ['DOWN', 2000, 6000],
    ]);
    expect(await events({ processes: ['B'] })).toEqual([
      '6000 B forgotten not_reported 0',
      '2000 B UP to DOWN not_reported 4000',
    ]);
  });

  it('keeps samples of LMDB stores when they change, and the one before a window', async () => {
    const { at, history } = setUp();
    const lmdb = (percent: number) => [{ usedRatio: percent / 100, totalBytes: 1024 }];
    for (const [ms, percent] of [
      [1000, 10],
      [301_000, 10],
      [602_000, 12],
      [603_000, 13],
      [905_000, 14],
    ] as const) {
      at(ms, { health: good(ms, aReport('A', { lmdb: lmdb(percent) })) });
    }
    const past = await history.history('trading-a', 700_000 + WALL_AHEAD_MS, END + WALL_AHEAD_MS);
    expect(past?.lmdb.map(({ atMs, usedRatio }) => [atMs - WALL_AHEAD_MS, usedRatio])).toEqual([
      [602_000, 0.12],
      [905_000, 0.14],
    ]);
  });

  it('keeps how long probes took', async () => {
    const { at, history } = setUp();
    at(1000, up(1000));
    at(2000, up(2000));
    at(2100, { connects: new Map() });
    const past = await history.history('trading-a', 0, END + WALL_AHEAD_MS);
    expect(past?.durations).toMatchObject([{ count: 2, minimumMs: 10, medianMs: 10, maximumMs: 10 }]);
  });

  it('knows nothing of a node that it has not seen', async () => {
    expect(await setUp().history.history('nobody', 0, END)).toBeUndefined();
  });

  it('gives events page by page, and no more than there are', async () => {
    const { at, history } = setUp();
    for (let ms = 1000; ms <= 6000; ms += 1000) at(ms, ms % 2000 === 0 ? down(ms) : up(ms));
    const query = { ...ALL, nodes: ['trading-a'], processes: ['A'], limit: 2 };
    const first = await history.events(query);
    const second = await history.events({ ...query, cursor: first.next });
    const third = await history.events({ ...query, cursor: second.next });
    expect([first, second, third].map(({ events }) => events.map((event) => event.atMs))).toEqual([
      [1_006_000, 1_005_000],
      [1_004_000, 1_003_000],
      [1_002_000],
    ]);
    expect(third.next).toBeUndefined();
    const range = { ...ALL, processes: ['A'], fromMs: 1_003_000, toMs: 1_004_000 };
    expect((await history.events(range)).events).toHaveLength(2);
    expect((await history.events({ ...ALL, nodes: ['other', 'third'] })).events).toEqual([]);
  });

  it('is bounded', async () => {
    const { at, history, events } = setUp();
    for (let ms = 1000; ms <= 3_000_000; ms += 1000) at(ms, ms % 2000 === 0 ? down(ms) : up(ms));
    const past = await history.history('trading-a', 0, END + WALL_AHEAD_MS);
    expect(past?.spans.length).toBeLessThanOrEqual(2002);
    expect(past?.durations.length).toBeLessThanOrEqual(289);
    expect((await events({ nodes: ['trading-a'], limit: 100_000 })).length).toBeLessThanOrEqual(1000);
    expect((await events({ limit: 100_000 })).length).toBeLessThanOrEqual(20_000);
  });
});

describe('the state of a node over time', () => {
  it.each([
    [undefined, 'HEALTHY'],
    ['pending', undefined],
    ['health_unavailable', 'UNKNOWN'],
    ['stale', 'UNKNOWN'],
    ['genesis_503', 'UNHEALTHY'],
    ['rejected_rows', 'UNHEALTHY'],
    ['no_processes', 'UNHEALTHY'],
    ['process_unhealthy', 'UNHEALTHY'],
  ] as const)('is for %s %s', (reason, expected) => {
    expect(nodeStateOf(reason)).toBe(expected);
  });
});
