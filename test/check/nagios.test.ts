import { describe, expect, it } from 'vitest';
import { renderNagios, renderNagiosFailure } from '../../src/check/nagios.ts';
import type { CheckResult } from '../../src/check/result.ts';
import { aNode, aReport, connected, declare, failed, good } from '../domain/builders.ts';
import { viewAfter } from '../helpers/views.ts';
import { answered, checked, inStates, inStates503, resultOf } from './results.ts';

const WELL = inStates(['UP', 'UP']);

function firstLine(result: CheckResult): string {
  return renderNagios(result).split('\n')[0] ?? '';
}

describe("Nagios' line", () => {
  it.each([
    ['one node', resultOf(WELL), 'OK - 2 processes on trading-a'],
    ['two nodes', resultOf(WELL, inStates(['UP'])), 'OK - 3 processes on 2 nodes'],
    ['no nodes', resultOf(), 'UNKNOWN - there are no nodes'],
    ['an unread source', { ...resultOf(WELL), unreadSources: ['file_sd/0'] }, 'UNKNOWN - file_sd/0 could not be read'],
    ['no answer', resultOf(answered(failed(1000))), 'CRITICAL - trading-a: no answer: connect 10.0.0.5:4569 refused'],
    [
      'a tolerated WARNING',
      resultOf(inStates(['UP', 'WARNING'])),
      'WARNING - trading-a: P1 WARNING (while Genesis itself answered 200)',
    ],
    ['a 503', resultOf(inStates503(['WARNING'])), 'CRITICAL - trading-a: Genesis answered 503, P0 WARNING'],
    ['a 503 without a cause', resultOf(inStates503(['UP'])), 'CRITICAL - trading-a: Genesis answered 503'],
    ['an empty answer', resultOf(inStates([])), 'CRITICAL - trading-a: there are no processes'],
    [
      'a bad node beside a good one',
      resultOf(WELL, inStates(['DOWN'], { name: 'b' })),
      'CRITICAL - b: 1 of 1 process not healthy, P0 DOWN',
    ],
    [
      'many bad processes',
      resultOf(inStates(Array.from({ length: 8 }, () => 'ERROR' as const))),
      'CRITICAL - trading-a: 8 of 8 processes not healthy, P0 ERROR, P1 ERROR, P2 ERROR, P3 ERROR, P4 ERROR, 3 more',
    ],
    [
      'many nodes',
      resultOf(...Array.from({ length: 7 }, (_, index) => inStates([], { name: `n${index}` }))),
      `CRITICAL - ${['n0', 'n1', 'n2', 'n3', 'n4'].map((name) => `${name}: there are no processes`).join('; ')}; 2 more nodes not well`,
    ],
    [
      'a home that could not be read',
      { ...resultOf(), nodes: [checked(WELL, { isHomeRead: false })] },
      'OK - 2 processes on trading-a, what should run is not known: the Genesis home could not be read',
    ],
  ])('tells of %s', (_, result, expected) => {
    expect(firstLine(result)).toBe(`GENESIS ${expected}`);
  });

  it('has what was measured behind the bar', () => {
    const usage = (usedRatio: number | undefined) => ({ usedRatio, totalBytes: undefined });
    const health = good(1000, aReport('A', { lmdb: [usage(0.07), usage(undefined), usage(0.9655)] }), aReport('B'));
    const connects = new Map([
      ['A', connected(1000, 'ok')],
      ['B', connected(1000, 'refused')],
    ]);
    const declared = declare({ name: 'A' }, { name: 'B' });
    const line = firstLine(resultOf(viewAfter(aNode({ declared }), [[1000, { health, connects }]], 2000)));
    expect(line).toBe(
      'GENESIS CRITICAL - trading-a: 1 of 2 processes not healthy, B DOWN (connect 10.0.0.5:9000 refused)' +
        " | 'A lmdb0'=7%;70;85;0;100 'A lmdb2'=96.55%;70;85;0;100 'A connect'=0.010000s;;;0",
    );
  });

  it("begins the labels of several nodes with the node's name", () => {
    const health = good(1000, aReport('A', { lmdb: [{ usedRatio: 1, totalBytes: undefined }] }));
    const line = renderNagios(resultOf(answered(health), answered(health, { name: 'b' })));
    expect(line).toContain(" | 'trading-a A lmdb0'=100%;70;85;0;100 'b A lmdb0'=100%;70;85;0;100\n");
  });

  it('names the runbooks in further lines', () => {
    const text = renderNagios(resultOf(inStates(['DOWN', 'UP', 'WARNING', 'ERROR'])));
    expect(text.split('\n').slice(1)).toEqual([
      'Runbook for P0, P3: https://wiki.example/GenesisProcessDown.md',
      'Runbook for P2: https://wiki.example/GenesisProcessUnhealthy.md',
      '',
    ]);
  });

  it('has one bar in its first line, whatever others wrote', () => {
    const evil = `|'=\n\u001b[2J${'\u2028'}\u009b`;
    const lmdb = [{ usedRatio: 0.5, totalBytes: undefined }];
    const health = good(1000, aReport(`N${evil}`, { status: `S${evil}`, state: 'UNKNOWN', lmdb }));
    const text = renderNagios(resultOf(answered(health, { name: `A${evil}` })));
    expect(text).toMatch(
      /^GENESIS UNKNOWN - [^|\p{Cc}\p{Zl}]* \| '[^|'=\p{Cc}]*'=50%;70;85;0;100\nRunbook for [^|\p{Cc}\p{Zl}]*\n$/u,
    );
    expect(renderNagiosFailure(`x${evil}`)).toMatch(/^GENESIS UNKNOWN - x[^|\p{Cc}\p{Zl}]*\n$/u);
  });
});
