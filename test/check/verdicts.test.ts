import { describe, expect, it } from 'vitest';
import { NAGIOS_EXIT_CODES, nagiosState } from '../../src/check/nagios-state.ts';
import { type CheckResult, checkVerdict, EXIT_CODES } from '../../src/check/result.ts';
import type { HealthResult } from '../../src/domain/evidence.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { aNode, aReport, connected, declare, failed, good, timing } from '../domain/builders.ts';
import { healthOffView, pendingView } from '../helpers/example-views.ts';
import { viewAfter } from '../helpers/views.ts';
import { answered, inStates, inStates503, resultOf } from './results.ts';

const WELL = inStates(['UP', 'STANDBY']);
const ILL = inStates(['DOWN']);
const GONE = answered(failed(1000));
const MISSING = aNode({ declared: declare({ name: 'A' }) });

function afterConnect(outcome: 'ok' | 'refused' | 'timeout', health: HealthResult): NodeView {
  const connects = new Map([['A', connected(1000, outcome)]]);
  return viewAfter(MISSING, [[1000, { health, connects }]], 2000);
}

function rejectedRow(): NodeView {
  const report = { processes: [aReport('A')], rejectedRows: 1 };
  return answered({ kind: 'good', statusCode: 200, report, timing: timing(1000) });
}

/** What is checked, the exit code, and that with Nagios' output. */
const CASES: readonly (readonly [string, CheckResult, number, number])[] = [
  ['all well', resultOf(WELL), 0, 0],
  ['two nodes, both well', resultOf(WELL, WELL), 0, 0],
  ['WARNING that Genesis tolerates', resultOf(inStates(['UP', 'WARNING'])), 0, 1],
  ['WARNING with 503', resultOf(inStates503(['UP', 'WARNING'])), 1, 2],
  ['all UP with 503', resultOf(inStates503(['UP'])), 1, 2],
  ['STARTING', resultOf(inStates(['UP', 'STARTING'])), 1, 1],
  ['STARTING with 503', resultOf(inStates503(['STARTING'])), 1, 2],
  ['DOWN', resultOf(ILL), 1, 2],
  ['ERROR', resultOf(inStates(['UP', 'ERROR'])), 1, 2],
  ['UNKNOWN', resultOf(inStates(['UNKNOWN', 'UP'])), 1, 3],
  ['UNKNOWN beside WARNING', resultOf(inStates(['WARNING', 'UNKNOWN'])), 1, 3],
  ['UNKNOWN beside DOWN', resultOf(inStates(['UNKNOWN', 'DOWN'])), 1, 2],
  ['DOWN that the operator calls healthy', resultOf(inStates(['DOWN'], { healthyStates: new Set(['DOWN']) })), 0, 0],
  ['DOWN that the operator tolerates', resultOf(inStates(['DOWN'], { toleratedWith200: new Set(['DOWN']) })), 0, 1],
  [
    'STANDBY that the operator does not accept',
    resultOf(inStates(['STANDBY'], { healthyStates: new Set(['UP']) })),
    1,
    1,
  ],
  ['a row without a name', resultOf(rejectedRow()), 1, 3],
  ['an empty answer', resultOf(inStates([])), 1, 2],
  ['an unclear connect', resultOf(afterConnect('timeout', good(1000, aReport('A')))), 1, 1],
  ['a refused connect', resultOf(afterConnect('refused', good(1000, aReport('A')))), 1, 2],
  ['not reported, but its port accepts', resultOf(afterConnect('ok', good(1000, aReport('B')))), 1, 1],
  ['no answer', resultOf(GONE), 3, 2],
  ['no answer, and a refused port', resultOf(afterConnect('refused', failed(1000))), 3, 2],
  ['no answer any more', resultOf(viewAfter(aNode(), [[1000, { health: good(1000, aReport('A')) }]], 99_000)), 3, 2],
  ['not probed', resultOf(pendingView()), 3, 2],
  ['health off, a port refused', resultOf(healthOffView()), 1, 2],
  ['one well, one without an answer', resultOf(WELL, GONE), 3, 2],
  ['one ill, one without an answer', resultOf(GONE, ILL), 1, 2],
  ['one well, one with UNKNOWN, one with WARNING', resultOf(WELL, inStates(['UNKNOWN']), inStates(['WARNING'])), 1, 3],
  ['no node', resultOf(), 1, 3],
  ['no node, and a source unread', { ...resultOf(), unreadSources: ['file_sd/0'] }, 3, 3],
  ['all well, and a source unread', { ...resultOf(WELL), unreadSources: ['http_sd/0'] }, 3, 3],
  ['WARNING, and a source unread', { ...resultOf(inStates(['WARNING'])), unreadSources: ['http_sd/0'] }, 3, 3],
  ['one ill, and a source unread', { ...resultOf(ILL), unreadSources: ['http_sd/0'] }, 1, 2],
];

describe('the exit code', () => {
  it.each(CASES)('of %s', (_, result, code) => {
    expect(EXIT_CODES[checkVerdict(result)]).toBe(code);
  });

  it.each(CASES)("with Nagios' output of %s", (_, result, _code, nagiosCode) => {
    expect(NAGIOS_EXIT_CODES[nagiosState(result)]).toBe(nagiosCode);
  });
});
