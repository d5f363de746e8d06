import { describe, expect, it } from 'vitest';
import type { NodeHistory, StateSpan } from '../../src/domain/history.ts';
import { createMaintenance } from '../../src/domain/maintenance.ts';
import { createLastDays } from '../../src/http/last-days.ts';
import { aNode, aReport, failed, good } from '../domain/builders.ts';
import { aHistory } from '../helpers/app.ts';
import { createMemoryLog } from '../helpers/log.ts';
import { viewAfter, WALL_AHEAD_MS } from '../helpers/views.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 100 * DAY;
const NODE = aNode();
const PROBED = NOW - HOUR - WALL_AHEAD_MS;

/** A node that has been healthy since an hour ago. */
const HEALTHY = viewAfter(NODE, [[PROBED, { health: good(PROBED, aReport('A')) }]], PROBED);

function span(fromMs: number, toMs: number | undefined, state: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN'): StateSpan {
  return {
    node: NODE.name,
    process: undefined,
    fromMs,
    toMs,
    state,
    healthy: state === 'HEALTHY',
    reason: undefined,
    message: '',
  };
}

function setUp(history: (node: string) => Promise<NodeHistory | undefined>) {
  const asked: string[] = [];
  const log = createMemoryLog();
  let nowMs = NOW;
  const days = createLastDays({
    log,
    maintenance: () => createMaintenance([]),
    clock: { wallMs: () => nowMs, monotonicMs: () => nowMs },
    history: aHistory({
      history(node) {
        asked.push(node);
        return history(node);
      },
    }),
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  function later(ms: number): void {
    nowMs += ms;
  }
  return { days, asked, log, settle, later };
}

function past(...spans: readonly StateSpan[]): () => Promise<NodeHistory> {
  const ofProcess = { ...span(NOW - DAY, undefined, 'HEALTHY'), process: 'A', state: 'UP' } as const;
  return async () => ({
    node: NODE.name,
    fromMs: NOW - DAY,
    toMs: NOW,
    spans: [...spans, ofProcess],
    lmdb: [],
    durations: [],
  });
}

describe('the last days', () => {
  it('are not known until they have been read, once', async () => {
    const { days, asked, settle } = setUp(past(span(NOW - DAY / 2, undefined, 'HEALTHY')));
    expect(days.of(HEALTHY)).toBeNull();
    expect(days.isKnown(HEALTHY)).toBe(false);
    expect(days.of(HEALTHY)).toBeNull();
    await settle();
    expect(days.isKnown(HEALTHY)).toBe(true);
    expect(days.of(HEALTHY)).toEqual({
      from: new Date(NOW - DAY).toISOString(),
      to: new Date(NOW).toISOString(),
      spans: [
        { from: new Date(NOW - DAY).toISOString(), to: new Date(NOW - DAY / 2).toISOString(), state: 'NOT_WATCHED' },
        { from: new Date(NOW - DAY / 2).toISOString(), to: new Date(NOW).toISOString(), state: 'HEALTHY' },
      ],
      availability: { watchedSeconds: 43_200, healthySeconds: 43_200, maintenanceSeconds: 0, ratio: 1 },
    });
    expect(asked).toEqual([NODE.name]);
  });

  it('go on with what the node has become since', async () => {
    const { days, settle } = setUp(past(span(NOW - 4 * HOUR, undefined, 'UNHEALTHY')));
    days.of(HEALTHY);
    await settle();
    expect(days.of(HEALTHY)?.spans.slice(1)).toEqual([
      { from: new Date(NOW - 4 * HOUR).toISOString(), to: new Date(NOW - HOUR).toISOString(), state: 'UNHEALTHY' },
      { from: new Date(NOW - HOUR).toISOString(), to: new Date(NOW).toISOString(), state: 'HEALTHY' },
    ]);
    expect(days.of(HEALTHY)?.availability.ratio).toBe(0.25);
  });

  it('hold a node that gives no answer for watched, and one that was not probed yet for not watched', async () => {
    const { days, settle } = setUp(past(span(NOW - 4 * HOUR, NOW - 2 * HOUR, 'HEALTHY')));
    const gone = viewAfter(NODE, [[PROBED, { health: failed(PROBED) }]], PROBED);
    const pending = viewAfter(NODE, [], 0);
    days.of(gone);
    await settle();
    expect(days.of(gone)?.spans.map(({ state }) => state)).toEqual([
      'NOT_WATCHED',
      'HEALTHY',
      'NOT_WATCHED',
      'UNKNOWN',
    ]);
    expect(days.of(pending)?.spans.map(({ state }) => state)).toEqual(['NOT_WATCHED', 'HEALTHY', 'NOT_WATCHED']);
  });

  it('are of bounded size, and lose no trouble', async () => {
    const flaps = Array.from({ length: 20_000 }, (_, index) => {
      const fromMs = NOW - DAY + index * 4000;
      return span(fromMs, fromMs + 4000, index === 7777 ? 'UNHEALTHY' : index % 2 === 0 ? 'HEALTHY' : 'UNKNOWN');
    });
    const { days, settle } = setUp(past(...flaps));
    days.of(HEALTHY);
    await settle();
    const told = days.of(HEALTHY)?.spans ?? [];
    expect(told.length).toBeLessThanOrEqual(288);
    expect(told.filter(({ state }) => state === 'UNHEALTHY')).toHaveLength(1);
  });

  it('are read again after half an hour, and after a failure', async () => {
    let isBroken = true;
    const { days, asked, log, settle, later } = setUp(async () => {
      if (isBroken) throw new Error('disk I/O error');
      return undefined;
    });
    days.of(HEALTHY);
    await settle();
    expect(days.of(HEALTHY)).toBeNull();
    expect(log.lines).toHaveLength(1);
    isBroken = false;
    await settle();
    later(60_000);
    days.of(HEALTHY);
    await settle();
    expect(days.isKnown(HEALTHY)).toBe(true);
    const before = asked.length;
    later(29 * 60_000);
    days.of(HEALTHY);
    later(2 * 60_000);
    days.of(HEALTHY);
    await settle();
    expect(asked).toHaveLength(before + 1);
  });
});
