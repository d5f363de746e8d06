import { describe, expect, it } from 'vitest';
import type { ProbeUpdate } from '../../src/domain/record.ts';
import { createLoopLog } from '../../src/scrape/loop-log.ts';
import { createSnapshotStore } from '../../src/scrape/snapshot-store.ts';
import { aNode, aReport, connected, failed, good, good503, timing } from '../domain/builders.ts';
import { createMemoryLog } from '../helpers/log.ts';

/** What is logged for a series of updates, a second apart: level, message and chosen data. */
function linesOf(...updates: readonly ProbeUpdate[]): readonly unknown[] {
  let nowMs = 0;
  const clock = { monotonicMs: () => nowMs, wallMs: () => nowMs };
  const store = createSnapshotStore({ clock });
  const log = createMemoryLog();
  const loopLog = createLoopLog(log, { clock });
  store.setNodes([aNode()]);
  for (const update of updates) {
    const recorded = store.record('trading-a', update);
    if (recorded !== undefined) loopLog.recorded(recorded);
    nowMs += 1000;
  }
  return log.lines.map(({ level, message, data }) => [level, message, data]);
}

const node = 'trading-a';
const up = aReport('ROUTER');
const warning = aReport('ROUTER', { status: 'WARNING', state: 'WARNING', message: ';slow' });

describe('the log of the loop', () => {
  it('tells the first answer and that the node is healthy, once', () => {
    expect(linesOf({ health: good(0, up) }, { health: good(1000, up) }, { health: good(2000, up) })).toEqual([
      ['info', 'health probe answered', { node, statusCode: 200, processes: 1 }],
      ['info', 'node is healthy', { node }],
    ]);
  });

  it('says in the line of a process whose port fails what was seen, and what that looks like', () => {
    const seen = {
      detail: '10.0.0.5:9000 refuses connections: nothing listens there',
      hint: 'connection-refused',
    } as const;
    const connects = new Map([['ROUTER', { ...connected(1000, 'refused'), ...seen }]]);
    const lines = linesOf({ health: good(0, up) }, { connects });
    expect(lines[2]).toEqual([
      'warn',
      'process status changed',
      expect.objectContaining({ process: 'ROUTER', to: 'DOWN', reason: 'connect_failed', ...seen }),
    ]);
  });

  it('tells a change of status with its reason and the message, and the way back', () => {
    const lines = linesOf({ health: good(0, up) }, { health: good503(1000, warning) }, { health: good(2000, up) });
    expect(lines.slice(2)).toEqual([
      [
        'warn',
        'process status changed',
        { node, process: 'ROUTER', from: 'UP', to: 'WARNING', reason: 'reported', message: ';slow' },
      ],
      ['warn', 'node is not healthy', { node, reason: 'genesis_503', processes: ['ROUTER WARNING'] }],
      [
        'info',
        'process status changed',
        { node, process: 'ROUTER', from: 'WARNING', to: 'UP', reason: undefined, message: '' },
      ],
      ['info', 'node is healthy', { node }],
    ]);
  });

  it('tells that probes fail once for each reason, and that they answer again', () => {
    const timeout = { ...failed(3000), reason: 'timeout', detail: 'no answer within 5 s' } as const;
    const lines = linesOf(
      { health: good(0, up) },
      { health: failed(1000) },
      { health: failed(2000) },
      { health: timeout },
      { health: good(4000, up) },
    );
    expect(lines.slice(2).map((line) => (Array.isArray(line) ? line.slice(0, 2) : line))).toEqual([
      ['warn', 'health probe failed'],
      ['warn', 'node is not healthy'],
      ['warn', 'health probe failed'],
      ['info', 'health probe answered'],
      ['info', 'node is healthy'],
    ]);
  });

  it('tells of rows without a name when their number grows', () => {
    const answer = (rejectedRows: number): ProbeUpdate => ({
      health: { kind: 'good', statusCode: 200, report: { processes: [up], rejectedRows }, timing: timing(0) },
    });
    const messages = linesOf(answer(0), answer(2), answer(2), answer(1), answer(3)).flat();
    expect(messages.filter((part) => part === 'health answer has rows without a usable name')).toHaveLength(2);
  });

  it('tells at most 100 changes of status a minute, and then how many it left out', () => {
    const names = ['A', 'B', 'C'];
    const flaps = Array.from({ length: 122 }, (_, second): ProbeUpdate => {
      const state = second % 2 === 0 ? 'UP' : 'ERROR';
      return { health: good(second * 1000, ...names.map((name) => aReport(name, { status: state, state }))) };
    });
    const lines = linesOf(...flaps).flatMap((line) => (Array.isArray(line) ? [line] : []));
    const changes = lines.filter(([, message]) => message === 'process status changed');
    const leftOut = lines.filter(([, message]) => message === 'process status changed more often than is logged');
    // Three changes in each of the 60 seconds from the first: 180 a minute, and two minutes and a second of it.
    expect(changes).toHaveLength(201 + 2);
    expect(leftOut).toEqual(new Array(2).fill(['warn', expect.any(String), { node, leftOut: 80 }]));
  });

  it('clips a long message', () => {
    const long = { ...warning, message: 'm'.repeat(10_000) };
    const [line] = linesOf({ health: good(0, up) }, { health: good503(1000, long) }).slice(2);
    expect(JSON.stringify(line).length).toBeLessThan(1000);
  });
});
