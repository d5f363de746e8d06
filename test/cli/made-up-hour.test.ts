import { describe, expect, it } from 'vitest';
import { withMadeUpHour } from '../../src/cli/made-up-hour.ts';
import { spansWithin } from '../../src/page/strip-shapes.ts';
import { aHistory } from '../helpers/app.ts';

const START = 10 * 3_600_000;
const HOUR = 3_600_000;
const ALL = { nodes: [], processes: [], states: [], fromMs: undefined, toMs: undefined, limit: 100, cursor: undefined };

function madeUp(history = aHistory()) {
  const processes = ['GENESIS_ROUTER', 'GENESIS_NOTIFY', 'GENESIS_CLUSTER', 'GENESIS_AUTH_PERMS'];
  return withMadeUpHour(history, { node: 'demo', processes, startMs: START });
}

describe('the hour before the demo', () => {
  it('has a death, a warning, a flap and a restart of the exporter, each of which says that it is made up', async () => {
    const past = await madeUp().history('demo', START - HOUR, START);
    const of = (process?: string) => {
      const own = (past?.spans ?? []).filter((span) => span.process === process);
      const closed = own.map(({ fromMs, toMs = START, state }) => ({ fromMs, toMs, state }));
      return spansWithin(closed, { fromMs: START - HOUR, toMs: START }).map(({ state }) => state);
    };
    expect(of('GENESIS_ROUTER')).toEqual(['UP', 'DOWN', 'UP', 'NOT_WATCHED', 'UP']);
    expect(of('GENESIS_AUTH_PERMS')).toEqual(['UP', 'NOT_WATCHED', 'UP']);
    expect(of('GENESIS_CLUSTER')).toEqual([
      'UP',
      'NOT_WATCHED',
      'UP',
      'STARTING',
      'UP',
      'STARTING',
      'UP',
      'ERROR',
      'UP',
    ]);
    expect(of().filter((state) => state === 'UNHEALTHY')).toHaveLength(5);
    for (const { healthy, message } of past?.spans ?? [])
      expect(message.startsWith('made up for the demo: ')).toBe(!healthy);
  });

  it('has events with ids of their own, the newest first, after those that have happened', async () => {
    const { events } = await madeUp().events(ALL);
    expect(new Set(events.map(({ id }) => id)).size).toBe(11);
    expect(events.map(({ atMs }) => atMs)).toEqual(events.map(({ atMs }) => atMs).toSorted((a = 0, b = 0) => b - a));
    for (const { message } of events) expect(message).toMatch(/^made up for the demo: /);
    const narrowed = await madeUp().events({ ...ALL, processes: ['GENESIS_ROUTER'], states: ['DOWN'] });
    expect(narrowed.events).toHaveLength(2);
    expect((await madeUp().events({ ...ALL, nodes: ['other'] })).events).toEqual([]);
  });

  it('changes nothing of other nodes', async () => {
    expect(await madeUp().history('other', 0, START)).toBeUndefined();
  });
});
