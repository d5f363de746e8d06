import { describe, expect, it } from 'vitest';
import type { ProbeUpdate } from '../../src/domain/record.ts';
import { logRecorded } from '../../src/scrape/loop-log.ts';
import { createSnapshotStore } from '../../src/scrape/snapshot-store.ts';
import { aNode, aReport, failed, good, good503, timing } from '../domain/builders.ts';
import { createMemoryLog } from '../helpers/log.ts';

/** What is logged for a series of updates, a second apart: level, message and chosen data. */
function linesOf(...updates: readonly ProbeUpdate[]): readonly unknown[] {
  let nowMs = 0;
  const store = createSnapshotStore({ clock: { monotonicMs: () => nowMs, wallMs: () => nowMs } });
  const log = createMemoryLog();
  store.setNodes([aNode()]);
  for (const update of updates) {
    const recorded = store.record('trading-a', update);
    if (recorded !== undefined) logRecorded(log, recorded);
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

  it('tells a change of status with its reason and the message, and the way back', () => {
    const lines = linesOf({ health: good(0, up) }, { health: good503(1000, warning) }, { health: good(2000, up) });
    expect(lines.slice(2)).toEqual([
      [
        'warn',
        'process status changed',
        { node, process: 'ROUTER', from: 'UP', to: 'WARNING', reason: 'reported', message: ';slow' },
      ],
      ['warn', 'node is not healthy', { node, reason: 'genesis_503', unhealthy: 1, processes: ['ROUTER WARNING'] }],
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
});
