import { describe, expect, it } from 'vitest';
import type { ConnectStanding, HealthStanding } from '../../src/domain/evidence.ts';
import { PROCESS_STATES, type ProcessState } from '../../src/domain/process-state.ts';
import { judgeProcess, type VerdictInput } from '../../src/domain/verdict.ts';
import { aReport } from './builders.ts';
import { isReported, VERDICT_TABLE, type VerdictRow } from './verdict-table.ts';

const HEALTH: readonly HealthStanding[] = ['good', 'failed', 'stale', 'none', 'off'];
const CONNECT: readonly ConnectStanding[] = ['ok', 'refused', 'unclear', 'none'];
const REPORTS = [
  undefined,
  aReport('P', { status: undefined, state: 'UNKNOWN' }),
  ...PROCESS_STATES.map((state) => aReport('P', { state, status: ` ${state.toLowerCase()} ` })),
];
const HEALTHY_SETS: readonly ReadonlySet<ProcessState>[] = [
  new Set(['UP', 'STANDBY']),
  new Set(['UP', 'WARNING', 'STARTING']),
  new Set(PROCESS_STATES),
  new Set(),
];

function everyCell(): readonly VerdictInput[] {
  let cells: readonly object[] = [{}];
  const axes: Record<keyof VerdictInput, readonly unknown[]> = {
    health: HEALTH,
    connect: CONNECT,
    report: REPORTS,
    lastReported: [undefined, ...PROCESS_STATES],
    primaryOnly: [false, true],
    everConnected: [false, true],
    healthyStates: HEALTHY_SETS,
  };
  for (const [key, values] of Object.entries(axes)) {
    cells = cells.flatMap((cell) => values.map((value) => ({ ...cell, [key]: value })));
  }
  // Built from one list of values for each key, which the type above holds complete.
  return cells as readonly VerdictInput[];
}

const CELLS = everyCell();

function firstRow(cell: VerdictInput): VerdictRow | undefined {
  return VERDICT_TABLE.find(({ holds }) => holds(cell));
}

describe('judgeProcess', () => {
  it('has a row of the table for every cell', () => {
    expect(VERDICT_TABLE).toHaveLength(14);
    expect(CELLS).toHaveLength(5 * 4 * 9 * 8 * 2 * 2 * 4);
    expect(CELLS.filter((cell) => firstRow(cell) === undefined)).toEqual([]);
  });

  for (const row of VERDICT_TABLE) {
    it(row.rule, () => {
      const cells = CELLS.filter((cell) => firstRow(cell) === row);
      expect(cells.length).toBeGreaterThan(0);
      for (const cell of cells) expect(judgeProcess(cell), JSON.stringify(cell)).toEqual(row.serves(cell));
    });
  }

  it('is never greener than the word that Genesis reported, under the default rules', () => {
    const greenness: readonly ProcessState[] = ['UP', 'STANDBY', 'STARTING', 'WARNING', 'UNKNOWN', 'ERROR', 'DOWN'];
    const [defaults] = HEALTHY_SETS;
    const cells = CELLS.filter((cell) => isReported(cell) && cell.healthyStates === defaults);
    expect(cells.length).toBeGreaterThan(0);
    for (const cell of cells) {
      const reported = greenness.indexOf(cell.report?.state ?? 'UP');
      expect(greenness.indexOf(judgeProcess(cell).state), JSON.stringify(cell)).toBeGreaterThanOrEqual(reported);
    }
  });

  it('says UP only while evidence counts', () => {
    const green = CELLS.filter((cell) => judgeProcess(cell).state === 'UP');
    expect(green.length).toBeGreaterThan(0);
    for (const { health, connect } of green) expect(health === 'good' || connect === 'ok').toBe(true);
  });
});
